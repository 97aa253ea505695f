import DMN
import Foundation
import JSON
import Support
import Testing

@testable import Advice

@Suite("Names of protected attributes")
struct ProtectedNamesTests {
  /// Names that rules give to inputs, in English, Romanian and Russian, by what they speak of.
  static let names: [(id: String, names: String)] = [
    (
      "sex",
      """
      sex; Gender; applicantGender; gender_code; GENDER; clientgender; SEXCode; sex2; is_female; isFemale; ge\u{AD}nder; ｓｅｘ; \
      isfemale; woman; Women; is male; man; client's sex; gen; genul clientului; sexul; Gen; femeie; \
      esteFemeie; bărbat; barbat; feminin; пол; Пол клиента; пол_клиента; пола; женщина; мужской; Мужчина; \
      гендер
      """
    ),
    (
      "nationality",
      """
      nationality; clientNationality; citizenship; is citizen; country of birth; birthCountry; birthplace; \
      foreign worker; third country national; naționalitate; naţionalitatea; nationalitate; cetățenia; \
      cetatenie; cetățean; țara de origine; locul nașterii; национальность; гражданство; гражданин; \
      место рождения; иностранец
      """
    ),
    (
      "ethnic origin",
      """
      ethnic_origin; ethnicity; race; race code; mother tongue; motherTongue; mothertongue; native language; \
      skin colour; rasă; rasa; etnie; origine etnică; limba maternă; limba_materna; culoarea pielii; раса; \
      этническое происхождение; родной язык; цвет кожи
      """
    ),
    (
      "religion",
      """
      Religion; religious; faith; denomination; is muslim; religia; confesiune; creștin ortodox; \
      вероисповедание; религия; конфессия
      """
    ),
    (
      "disability",
      """
      disability; is disabled; has_disability; handicap; dizabilitate; grad de handicap; инвалидность; \
      группа инвалидности
      """
    ),
    (
      "sexual orientation",
      """
      sexual orientation; sexualOrientation; gender identity; orientare sexuală; identitate de gen; \
      сексуальная ориентация
      """
    ),
    (
      "marital status",
      """
      marital status; maritalStatus; MARITAL_STATUS; ismarried; married; spouse income; divorced; \
      stare civilă; starea civila; căsătorit; necăsătorită; soție; семейное положение; замужем; женат; \
      супруга; в браке; состоит в браке
      """
    ),
    (
      "pregnancy",
      "pregnancy; is pregnant; maternity leave; gravidă; însărcinată; беременность; декретный отпуск"
    ),
    (
      "political opinion",
      """
      political opinion; party membership; trade union; opinie politică; membru de sindicat; \
      политические взгляды; профсоюз
      """
    ),
    ("genetic data", "genetic test; DNA; genome; date genetice; ADN; ДНК; генетический тест"),
    (
      "age",
      """
      age; client age; birthDate; date of birth; date_of_birth; dateofbirth; dob; vârsta; virsta; \
      data nașterii; data_nasterii; возраст клиента; дата рождения
      """
    ),
  ]

  /// Names that only look like one.
  static let others = """
    average balance; mortgage kind; sextant; sexton; sexta; racer; race track; racetrack; brace; trace; \
    grace period; language; spoken language; stage; agenda; agent; agency; generation; generate; general; \
    gentle; genuine; engine; engine power; oxygen; generic; manager; human; mandate; manual; message; \
    page; percentage; polis; polo; policy; political risk cover; politically exposed; gender-neutral; \
    gender neutral tariff; financial strain; national bank rate; international; minority share; island; \
    isolation; hash; product line; months as customer; dependants; country; residency; good faith; \
    minimum denomination; credit union membership; vehicle age; vehicle-age; home-age; pet-age; \
    account age; disability insurance; employment; single premium; community; adult; menu; amendment; \
    sexual; poliță; polița; politica de creditare; sarcina fiscală; valută; garanție; \
    asigurare; terasa; terasă; rasterul; gen de produs; genul produsului; agenție; generație; regenerare; \
    vârsta vehiculului; rasa câinelui; sexagenar; casa; sotto; inginer; gentilic; полис; половина; полный; \
    полная стоимость; пол года; полгода; полугодие; площадь пола; поле; пользователь; гражданская \
    ответственность; национальный банк; национальная валюта; происхождение средств; страна; место; \
    брак товара; вдоволь; возрастание; возраст автомобиля; наследство; партия товара; полоса; \
    пополнение; росс; террасы; мужество; жетон; religare; ethics; usage; mortgage; coverage; \
    postcode; typecode; percentage value; manager; customers; personal; a b c; x y z; \
    clientele; statuscode; ownership; vozrast avtomobilya; vozrast doma
    """

  private static func split(_ text: String) -> [String] {
    text.split(separator: ";").map { part in
      part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  @Test("A name in any of the three languages is known for what it speaks of", arguments: names)
  func known(_ id: String, _ text: String) throws {
    let list = try #require(CheckedBook.protected)
    for name in Self.split(text) {
      let found = list.attributes(named: name).map(\.id)
      #expect(found.contains(id), "“\(name)” is \(found)")
    }
  }

  @Test(
    "A name in one word, letter by letter or in Latin letters is known too",
    arguments: [
      ("custsex", "sex"), ("sexcode", "sex"), ("clientage", "age"), ("ageband", "age"),
      ("g_e_n_d_e_r", "sex"), ("S.E.X", "sex"), ("a-g-e of holder", "age"), ("vozrast", "age"),
      ("grazhdanstvo", "nationality"), ("CNP", "sex"), ("custsexcode", "sex"),
      ("customeragegroup", "age"), ("и в браке и в", "marital status"),
    ])
  func glued(_ name: String, _ id: String) throws {
    let list = try #require(CheckedBook.protected)
    #expect(list.attributes(named: name).map(\.id) == [id])
  }

  @Test("A name that only looks like one is not taken for it")
  func unknown() throws {
    let list = try #require(CheckedBook.protected)
    for name in Self.split(Self.others) {
      let found = list.attributes(named: name).map(\.id)
      #expect(found == [], "“\(name)” is \(found)")
    }
  }

  @Test(
    "A name whose letters only look like those of another script is read as it is seen",
    arguments: [
      ("s\u{435}x", "sex"), ("\u{455}\u{435}\u{445}", "sex"), ("G\u{415}NDER", "sex"),
      ("applicantS\u{435}\u{445}", "sex"), ("\u{410}ge", "age"), ("\u{3B1}ge band", "age"),
      ("r\u{430}\u{441}e", "race"), ("nati\u{43E}nality", "nationality"),
      ("\u{43F}\u{6F}\u{43B}", "sex"), ("\u{41F}\u{6F}\u{43B}", "sex"),
      ("\u{432}\u{6F}\u{437}\u{440}\u{430}\u{441}\u{442}", "age"),
      ("rel\u{131}g\u{131}on", "religion"),
    ])
  func lookAlikes(_ name: String, _ kind: String) throws {
    let list = try #require(CheckedBook.protected)
    let plain = list.attributes(named: kind).map(\.id)
    #expect(!plain.isEmpty)
    #expect(list.attributes(named: name).map(\.id) == plain)
  }

  @Test("A name that speaks of two is known for both, a longer phrase for itself alone")
  func several() throws {
    let list = try #require(CheckedBook.protected)
    #expect(list.attributes(named: "age and sex").map(\.id) == ["age", "sex"])
    #expect(list.attributes(named: "race track of a woman").map(\.id) == ["sex"])
    #expect(list.attributes(named: "gender identity").map(\.id) == ["sexual orientation"])
    #expect(list.attributes(named: "mother").isEmpty && list.attributes(named: "").isEmpty)
  }

  @Test("Every name of the list is found, and nothing that the list says means something else")
  func list() throws {
    let list = try #require(CheckedBook.protected)
    for attribute in list.attributes {
      for name in attribute.names {
        let text = name.replacing("*", with: "")
        #expect(list.attributes(named: text).contains(attribute), "\(name) of \(attribute.id)")
      }
    }
    let url = ProjectFolder.root.appending(path: "Rules/protected-attributes.json")
    let node = try JSONNode.parse(Array(try Data(contentsOf: url)), limits: .file)
    guard case .array(let phrases) = node["otherMeanings"]?.kind else {
      Issue.record("the list has no other meanings")
      return
    }
    for case .string(let text) in phrases.map(\.kind) {
      #expect(list.attributes(named: text.replacing("*", with: "")) == [], "\(text)")
    }
  }

  /// Questions of our own that do ask about one.
  private static let asked = ["travel-pregnant": ["pregnancy"]]

  @Test("Names in tariffs and questions of our own are not taken for one")
  func ownNames() throws {
    let list = try #require(CheckedBook.protected)
    var names: Set<String> = []
    for folder in ["Products", "Questionnaires"] {
      let url = ProjectFolder.root.appending(path: folder)
      let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "json", !file.lastPathComponent.contains("schema") else {
          continue
        }
        Self.collect(try JSONNode.parse(Array(try Data(contentsOf: file)), limits: .file), &names)
      }
    }
    #expect(names.count > 50)
    for name in names {
      let found = list.attributes(named: name).map(\.id).filter { $0 != "age" }
      #expect(found == Self.asked[name] ?? [], "“\(name)” is \(found)")
    }
  }

  /// What tariffs ask for, and the names of questions.
  private static func collect(_ node: JSONNode, _ names: inout Set<String>) {
    switch node.kind {
    case .array(let items): for item in items { collect(item, &names) }
    case .object(let members):
      for member in members {
        if ["input", "id", "fact"].contains(member.key),
          case .string(let text) = member.value.kind
        {
          names.insert(text)
        }
        collect(member.value, &names)
      }
    default: break
    }
  }
}
