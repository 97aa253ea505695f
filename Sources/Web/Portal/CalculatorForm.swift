import Advice
import JSON
import Quantities

/// A calculator's form: its texts, and the request to the API that they stand for.
struct CalculatorForm: Sendable {
  /// One field of a form.
  struct Field: Sendable {
    /// How a text becomes a value of the API.
    enum Kind: Sendable {
      case decimal, percent, whole, currency
      case choice([(value: String, label: String)])
      /// A choice of whole numbers.
      case numbers([(value: Int, label: String)])
    }

    /// The name in the form's address.
    let name: String
    /// The API's name of the input; nil where the calculator's page puts it in its place itself.
    let input: String?
    let label: String
    let kind: Kind
    let usual: String
    /// The ends and steps of a slider beside the field.
    var slider: (least: String, greatest: String, step: String)?

    init(
      _ name: String, _ input: String?, _ label: String, _ kind: Kind, _ usual: String,
      slider: (String, String, String)? = nil
    ) {
      self.name = name
      self.input = input
      self.label = label
      self.kind = kind
      self.usual = usual
      self.slider = slider
    }
  }

  let fields: [Field]
  private var values: [String: String]
  /// The fields that the client's record filled in.
  private var known: Set<String> = []

  /// The form as it was sent; where nothing was, as the client's record fills it in, and as usual.
  ///
  /// - Parameter known: what is known, by the names of the API's inputs.
  init(_ fields: [Field], _ query: FormFields, known: [String: String] = [:]) {
    self.fields = fields
    var values: [String: String] = [:]
    for field in fields { values[field.name] = query[field.name] }
    if values.isEmpty {
      for field in fields {
        let text = field.input.flatMap { known[$0] }
        if text != nil { self.known.insert(field.name) }
        values[field.name] = text ?? field.usual
      }
    }
    self.values = values
  }

  /// A field's text without spaces and thousands separators; empty when it is absent.
  subscript(_ name: String) -> String {
    let field = fields.first { $0.name == name }
    if case .percent? = field?.kind { return Self.plain(values[name] ?? "", isAmount: false) }
    return Self.plain(values[name] ?? "", isAmount: true)
  }

  /// A number as people write it, with a point before its decimals.
  ///
  /// Separators between whole groups of three are dropped where another separator or a second one
  /// of them shows what they are. One comma alone stands before decimals, as most of Europe writes
  /// them; before exactly three digits it parts thousands of an amount, and is refused in a rate,
  /// where it could be either.
  static func plain(_ text: String, isAmount: Bool) -> String {
    let text = text.filter { !$0.isWhitespace && $0 != "\u{A0}" && $0 != "'" && $0 != "’" }
    let isGrouped =
      text.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+\.[0-9]+/) != nil
      || text.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3}){2,}/) != nil
      || (isAmount && text.wholeMatch(of: /[0-9]{1,3},[0-9]{3}/) != nil)
    if isGrouped {
      return text.filter { $0 != "," }
    }
    if text.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3})+,[0-9]+/) != nil
      || text.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3}){2,}/) != nil
    {
      return text.filter { $0 != "." }.replacing(",", with: ".")
    }
    if text.wholeMatch(of: /-?[0-9]+,([0-9]{1,2}|[0-9]{4,})/) != nil {
      return text.replacing(",", with: ".")
    }
    return text
  }

  /// A per cent as the API's part of one; the text itself where it is no number.
  func part(_ name: String) -> String {
    Decimal128(self[name]).map { ($0 / 100).plainText } ?? self[name]
  }

  /// The currency chosen.
  var currency: Currency { Currency(self["currency"].uppercased()) ?? Currency.usual }

  /// The request's members for the fields that stand for one input each.
  func write(_ json: inout JSONWriter) {
    for field in fields {
      guard let input = field.input, !self[field.name].isEmpty else { continue }
      let text = self[field.name]
      json.key(input)
      switch field.kind {
      case .decimal: json.string(text)
      case .percent: json.string(part(field.name))
      case .whole, .numbers:
        if text.utf8.count < 7, Int(text) != nil {
          json.number(text: text)
        } else {
          json.string(text)
        }
      case .currency: json.string(text.uppercased())
      case .choice: json.string(values[field.name] ?? "")
      }
    }
  }

  /// The figures of a calculator for this form.
  ///
  /// - Parameter more: writes what the fields alone do not say.
  func figures(
    _ calculator: Calculator, today: CalendarDate,
    more: (inout JSONWriter) -> Void = { _ in }
  ) throws -> [Figure] {
    var json = JSONWriter()
    json.object { json in
      write(&json)
      more(&json)
    }
    return try calculator.figures(for: try JSONNode.parse(json.bytes), today: today)
  }

  /// What is wrong by field; the empty name is for the form as a whole.
  ///
  /// - Parameter places: the fields that the page puts in their places itself, by pointer.
  func faults(_ error: any Error, at places: [String: String]) -> [String: String] {
    var faults: [String: String] = [:]
    for violation in (error as? Violations)?.list ?? [] {
      let input = violation.pointer.split(separator: "/").first.map(String.init) ?? ""
      let name =
        places[violation.pointer] ?? fields.first { $0.input == input }?.name ?? ""
      if faults[name] == nil { faults[name] = violation.detail }
    }
    return faults.isEmpty ? ["": "These figures cannot be worked out."] : faults
  }

  /// The fields as the page shows them.
  func shown(_ faults: [String: String]) -> [CalculatorPage.Field] {
    fields.map { field in
      let fault = faults[field.name]
      var options: [CalculatorPage.Option] = []
      var mode = "decimal"
      switch field.kind {
      case .decimal, .percent: break
      case .whole: mode = "numeric"
      case .currency: mode = "text"
      case .choice(let choices):
        options = choices.map {
          .init(value: $0.value, label: $0.label, isChosen: $0.value == values[field.name])
        }
      case .numbers(let choices):
        options = choices.map {
          .init(
            value: "\($0.value)", label: $0.label, isChosen: "\($0.value)" == values[field.name])
        }
      }
      return CalculatorPage.Field(
        id: field.name, label: field.label, value: values[field.name] ?? "",
        hint: known.contains(field.name) ? "From your record" : nil,
        fault: fault, isInvalid: fault != nil, mode: mode, options: options,
        hasOptions: !options.isEmpty,
        slider: field.slider.map {
          .init(
            least: $0.least, greatest: $0.greatest, step: $0.step, value: self[field.name])
        })
    }
  }

  /// The form as a query, for the addresses of its files.
  var query: String {
    fields.filter { !self[$0.name].isEmpty }
      .map { "\($0.name)=\(FormFields.encoded(values[$0.name] ?? ""))" }
      .joined(separator: "&")
  }
}

extension Currency {
  /// The currency of a form that names none.
  static let usual = Currency("EUR") ?? Currency.all[0]
}
