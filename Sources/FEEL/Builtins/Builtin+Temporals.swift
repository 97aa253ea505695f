import Quantities

/// Date and time functions (DMN 1.5, 10.3.4.6 and 10.3.4.8) and the clock (10.3.4.11).
extension Builtin {
  static let temporals: [Builtin] =
    [
      Builtin(
        "is", .boolean,
        .many([
          Parameter("value1", .any, isOptional: true), Parameter("value2", .any, isOptional: true),
        ]) { arguments, call in
          var test = EqualityTest()
          let result = test.same(arguments[0], arguments[1])
          guard call.spend(EqualityTest.greatestBudget - test.budget) else {
            return call.evaluation.exhausted(call.span)
          }
          return .boolean(result)
        }),
      calendar("day of year", .number) { .number($0.dayOfYear) },
      calendar("day of week", .string) { .string(weekdays[$0.weekday - 1]) },
      calendar("month of year", .string) { .string(months[$0.month - 1]) },
      calendar("week of year", .number) { .number($0.weekOfYear) },
    ] + clock

  private static let clock: [Builtin] = {
    var now = Builtin("now", .dateTime, .many([]) { _, call in .dateTime(call.evaluation.now) })
    var today = Builtin("today", .date, .many([]) { _, call in .date(call.evaluation.now.date) })
    now.isPure = false
    today.isPure = false
    return [now, today]
  }()

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func calendar(
    _ name: String, _ result: Type, _ body: @escaping @Sendable (CalendarDate) -> Value
  ) -> Builtin {
    Builtin(
      name, result,
      .one("date", .any) { value, call in
        guard let date = single(value).calendarDate else {
          return call.wrongType("'\(name)' takes a date or a date and time")
        }
        return body(date)
      })
  }
}
