import DMN
import Quantities

/// The answers to a question that stand for all: every option of a choice, and of numbers and
/// dates one on each side of every point at which rules, products or the form itself change what
/// they say.
struct AnswerDomain {
  private let adviser: Adviser
  private let date: CalendarDate
  private let home: Currency

  /// Answers of one question at most.
  static let limit = 60

  init(_ adviser: Adviser, on date: CalendarDate, home: Currency) {
    self.adviser = adviser
    self.date = date
    self.home = home
  }

  /// The answers that stand for all.
  func answers(to question: Question) -> [String] {
    switch question.kind {
    case .choice(let options): return options.map(\.value)
    case .yesNo: return ["true", "false"]
    case .number(let range, let digits):
      let step = (0..<digits).reduce(Decimal128.one) { step, _ in step / 10 }
      var numbers: Set<Decimal128> = [range.lowerBound, range.upperBound]
      for cut in question.cuts + tariffCuts(of: question.id) + productCuts(of: question) {
        numbers.insert(cut.rounded(scale: digits, .up))
      }
      for cut in ruleCuts(of: question) {
        numbers.formUnion([
          cut.rounded(scale: digits, .up), cut.rounded(scale: digits, .down) + step,
        ])
      }
      return numbers.sorted().filter(range.contains).prefix(Self.limit).map(\.plainText)
    case .date(let range):
      return ages(question).compactMap { age in
        let day = date.adding(months: -12 * age)
        return range.contains(day) ? day.description : nil
      }
    }
  }

  /// The numbers in the cells of the rules, in the currency of the answers.
  private func ruleCuts(of question: Question) -> [Decimal128] {
    let isMoney = question.fact.map { Self.money.contains($0) } ?? false
    return adviser.rules.models.values.flatMap { $0.numbersTested(of: question.name) }
      .compactMap { cut in
        guard isMoney, let reference = Currency(ClientInputs.referenceCurrency) else { return cut }
        return adviser.catalogue.exchangeRates.convert(
          Money(cut, reference), to: home, on: date)?.amount
      }
  }

  private static let money: Set<Question.Fact> = [.monthlyIncome, .portfolioValue, .yearlyTurnover]

  private func tariffCuts(of input: String) -> [Decimal128] {
    adviser.products.flatMap { $0.tariff?.factors ?? [] }.filter { $0.input == input }
      .flatMap { $0.bands.flatMap { [$0.from, $0.below].compactMap(\.self) } }
  }

  private func productCuts(of question: Question) -> [Decimal128] {
    switch question.fact {
    case .horizonMonths:
      return adviser.products.compactMap(\.targetMarket?.horizonMonthsMinimum)
        .map { Decimal128($0) }
    case .monthlyIncome:
      return adviser.products.compactMap { product in
        product.terms.monthlyIncomeMinimum.flatMap { least in
          adviser.catalogue.exchangeRates.convert(
            Money(least, product.currency), to: home, on: date)?.amount
        }
      }
    default: return []
    }
  }

  /// The ages at which rules, products and tariffs change what they say.
  private func ages(_ question: Question) -> [Int] {
    var ages: Set<Int> = [0, 30, 90]
    ages.formUnion(question.cuts.compactMap(\.integerValue))
    for model in adviser.rules.models.values {
      for cut in model.numbersTested(of: "age") {
        if let age = cut.integerValue { ages.formUnion([age, age + 1]) }
      }
    }
    for product in adviser.products {
      if let least = product.terms.age.minimum { ages.insert(least) }
      if let most = product.terms.age.maximum { ages.insert(most + 1) }
    }
    for cut in tariffCuts(of: "age") { if let age = cut.integerValue { ages.insert(age) } }
    return ages.filter { (0...110).contains($0) }.sorted()
  }
}
