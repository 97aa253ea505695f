import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Quantities

/// The calculators as pages; each works by its form alone, and live where script runs.
struct CalculatorPages: Sendable {
  let book: Book
  let writer: PageWriter

  /// One page: its form and how its figures are shown.
  struct Kind: Sendable {
    let path: String
    let tab: String
    let title: String
    let about: String
    let fields: [CalculatorForm.Field]
    /// The calculator whose inputs the client's record fills in.
    let calculator: Calculator
    /// The fields that the page puts in their places itself, by their pointers in a request.
    var places: @Sendable (CalculatorForm) -> [String: String] = { _ in [:] }
    /// Works the form out: what is shown, and the table that can be taken away.
    let result: @Sendable (CalculatorForm, CalendarDate) throws -> CalculatorPage.Result
  }

  static let kinds = [loan, deposit, insurance, hedge, comparison]

  func mount(on table: RouteTable) {
    for kind in Self.kinds {
      let pages = self
      let parameters = kind.fields.map { Route.Parameter($0.name, .text("\($0.label).")) }
      table.mount(
        Route(.get, kind.path, kind.title, query: parameters), as: VisitorContext.self
      ) { call in
        let known = try await pages.known(kind, call)
        let form = CalculatorForm(kind.fields, call.query, known: known)
        return .page(pages.writer.html(pages.page(kind, form, shell: call.context.shell)))
      }
      for format in FileFormat.allCases {
        let route = Route(
          .get, "\(kind.path).\(format.rawValue)", "\(kind.title) as \(format.rawValue)",
          query: parameters)
        table.mount(route, as: VisitorContext.self) { call in
          try pages.file(kind, CalculatorForm(kind.fields, call.query), format)
        }
      }
    }
  }

  /// The forms in which a table leaves.
  enum FileFormat: String, CaseIterable {
    case csv, xlsx

    var type: String {
      self == .csv
        ? "text/csv; charset=utf-8"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }
  }

  /// What the client's record fills in, as texts of the form; nothing beside what was sent.
  private func known(
    _ kind: Kind, _ call: Call<VisitorContext>
  ) async throws -> [String: String] {
    guard call.query.names.isEmpty,
      case .client(let principal)? = call.context.session?.principal
    else { return [:] }
    var known: [String: String] = [:]
    for input in try await book.knownInputs(of: principal).inputs(of: kind.calculator) {
      switch input.value {
      case .string(let text), .number(let text): known[input.name] = text
      default: continue
      }
    }
    // A hedge begins a tenth below today's price.
    if let spot = known["spot"].flatMap({ Decimal128($0) }) {
      known["putStrike"] = (spot * 9 / 10).rounded(scale: 2, .halfUp).plainText
    }
    return known
  }

  private func page(
    _ kind: Kind, _ form: CalculatorForm, shell: Shell
  ) -> CalculatorPage {
    var faults: [String: String] = [:]
    var result: CalculatorPage.Result?
    do {
      result = try kind.result(form, book.today)
    } catch {
      faults = form.faults(error, at: kind.places(form))
    }
    result?.files = FileFormat.allCases.map {
      .init(
        path: "\(kind.path).\($0.rawValue)?\(form.query)", label: $0.rawValue.uppercased(),
        isHere: false)
    }
    return CalculatorPage(
      shell: shell, title: kind.title, about: kind.about, action: kind.path,
      tabs: Self.kinds.map { .init(path: $0.path, label: $0.tab, isHere: $0.path == kind.path) },
      fields: form.shown(faults), result: result, failure: faults[""])
  }

  private func file(
    _ kind: Kind, _ form: CalculatorForm, _ format: FileFormat
  ) throws -> Response {
    let result: CalculatorPage.Result
    do {
      result = try kind.result(form, book.today)
    } catch let violations as Violations {
      throw Problem.invalid(violations.list)
    }
    let sheet = result.sheet
    let name = kind.path.split(separator: "/").last ?? "table"
    var response = Response(
      status: .ok, headers: [.contentType: format.type],
      body: ResponseBody(
        byteBuffer: ByteBuffer(bytes: format == .csv ? sheet.csv : sheet.workbook)))
    response.headers[.contentDisposition] = "attachment; filename=\"\(name).\(format.rawValue)\""
    return response
  }
}

extension VisitorContext {
  /// The frame for whoever looks at a public page.
  var shell: Shell {
    switch session?.principal.role {
    case nil: .open("Calculators", at: "/calculators/")
    case .client: .client("Calculators", at: "/calculators/")
    case .policyholder: .policyholder("Calculators", at: "/calculators/")
    case .broker: .broker("Calculators", at: "/calculators/")
    case .staff: .staff("Calculators", at: "/calculators/")
    }
  }
}
