import Quantities

/// Where a demo client lives: names, towns and shops of one country, and what money is worth there.
struct DemoPlace: Sendable {
  /// ISO 3166 alpha-2.
  let country: String
  let currency: String
  /// What costs one euro costs so many hundredths of the currency's unit here.
  let price: Int
  let dialling: String
  let givenNames: [String]
  let familyNames: [String]
  let towns: [(name: String, code: String)]
  let streets: [String]
  let shops: [String]
  let employers: [String]

  static let moldova = DemoPlace(
    country: "MD", currency: "MDL", price: 1_950, dialling: "+3736",
    givenNames: [
      "Ion", "Maria", "Andrei", "Elena", "Vasile", "Cristina", "Наталья", "Сергей", "Olga",
      "Dumitru", "Doina", "Mihai",
    ],
    familyNames: [
      "Rusu", "Ceban", "Munteanu", "Popa", "Țurcan", "Грищенко", "Lungu", "Ciobanu", "Петров",
      "Roșca", "Balan",
    ],
    towns: [("Chișinău", "MD-2001"), ("Bălți", "MD-3100"), ("Cahul", "MD-3901")],
    streets: ["Strada Ștefan cel Mare", "Strada Mihai Eminescu", "Bulevardul Dacia"],
    shops: ["Linella", "Kaufland", "Farmacia Familiei", "Librarius", "Rompetrol"],
    employers: ["Vinăria Nord SRL", "Moldtextil SA", "Primăria Bălți", "Orange Moldova"])

  static let romania = DemoPlace(
    country: "RO", currency: "RON", price: 500, dialling: "+4072",
    givenNames: [
      "Ștefan", "Ioana", "Radu", "Raluca", "Bogdan", "Anca", "Tudor", "Mădălina", "Gheorghe",
      "Simona",
    ],
    familyNames: [
      "Popescu", "Ionescu", "Dumitrescu", "Stănescu", "Constantinescu", "Barbu", "Nistor",
      "Ardelean", "Pârvu",
    ],
    towns: [("București", "010011"), ("Cluj-Napoca", "400001"), ("Iași", "700001")],
    streets: ["Strada Lungă", "Calea Victoriei", "Bulevardul Unirii"],
    shops: ["Mega Image", "Carrefour", "Catena", "Emag", "Petrom"],
    employers: ["Dacia Servicii SRL", "Softcraft SRL", "Spitalul Județean", "Agroterra SA"])

  static let germany = DemoPlace(
    country: "DE", currency: "EUR", price: 100, dialling: "+4917",
    givenNames: [
      "Jürgen", "Anke", "Lukas", "Sophie", "Mehmet", "Katharina", "Björn", "Lea", "Matthias",
    ],
    familyNames: [
      "Müller", "Weiß", "Schäfer", "Yılmaz", "Köhler", "Braun", "Hofmann", "Nowak", "Voß",
    ],
    towns: [("Berlin", "10115"), ("Köln", "50667"), ("München", "80331")],
    streets: ["Hauptstraße", "Gartenweg", "Lindenallee"],
    shops: ["Rewe", "Edeka", "dm", "Thalia", "Aral"],
    employers: ["Nordwerk GmbH", "Stadt Köln", "Rheinlogistik AG", "Klinikum Mitte"])

  static let australia = DemoPlace(
    country: "AU", currency: "AUD", price: 170, dialling: "+614",
    givenNames: ["Olivia", "Jack", "Mei", "Noah", "Aisha", "Liam", "Ruby", "Hamish"],
    familyNames: ["Smith", "Nguyen", "O’Brien", "Kaur", "Williams", "Chen", "Taylor"],
    towns: [("Sydney", "2000"), ("Melbourne", "3000"), ("Perth", "6000")],
    streets: ["George Street", "Station Road", "Bay View Parade"],
    shops: ["Woolworths", "Coles", "Chemist Warehouse", "Bunnings", "Ampol"],
    employers: ["Harbour Freight Pty Ltd", "NSW Health", "Outback Mining Ltd"])

  /// An amount of so many hundredths of a euro in the money of the place.
  func local(_ hundredths: Int) -> Int { hundredths * price / 100 }

  /// The money of the place.
  var money: Currency { Currency(currency) ?? .demoEuro }
}

extension Currency {
  /// The euro, in which the named demo clients bank.
  static var demoEuro: Currency {
    guard let euro = Currency("EUR") else { preconditionFailure("EUR is in ISO 4217") }
    return euro
  }
}
