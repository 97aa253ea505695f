import Quantities

/// The arithmetic of DMN 1.5, Tables 57, 59, 60 and 62; anything else is null.
extension Evaluation {
  @inline(__always)
  func arithmetic(_ left: Value, _ operation: Arithmetic, _ right: Value, _ span: Span) -> Value {
    if case .number(let left) = left, case .number(let right) = right {
      return numeric(left, operation, right, span)
    }
    return mixed(left, operation, right, span)
  }

  @inline(__always)
  func numeric(
    _ left: Decimal128, _ operation: Arithmetic, _ right: Decimal128, _ span: Span
  ) -> Value {
    let result: Decimal128
    switch operation {
    case .add: result = left + right
    case .subtract: result = left - right
    case .multiply: result = left * right
    case .divide:
      if right.isZero { return null(.divisionByZero, span, "\(left) is divided by zero") }
      result = left / right
    case .power:
      guard spend(right.isInteger ? 20 : 1_000) else { return exhausted(span) }
      result = Evaluation.power(left, right)
    }
    if result.isFinite { return .number(result) }
    return null(
      .outOfRange, span, "\(left) \(operation.rawValue) \(right) is no decimal128 number")
  }

  /// Table 60: the exponent lies within ±999,999,999.
  private static func power(_ base: Decimal128, _ exponent: Decimal128) -> Decimal128 {
    guard exponent.magnitude <= Decimal128(999_999_999) else { return .nan }
    if let whole = exponent.integerValue { return base.power(whole) }
    return base.power(exponent)
  }

  @inline(never)
  func mixed(_ left: Value, _ operation: Arithmetic, _ right: Value, _ span: Span) -> Value {
    let result: Value?
    switch operation {
    case .add: result = Value.sum(left, right) ?? Value.sum(right, left)
    case .subtract: result = Value.difference(left, right)
    case .multiply: result = Value.multiple(left, right) ?? Value.multiple(right, left)
    case .divide: result = Value.quotient(left, right)
    case .power: result = nil
    }
    if case .string(let text) = result {
      guard text.utf8.count <= limits.stringLength else {
        return null(.limit, span, "the string is longer than \(limits.stringLength) bytes")
      }
      guard spend(text.utf8.count / 16) else { return exhausted(span) }
    }
    if let result { return result }
    if left.isNull || right.isNull {
      return null(.operandType, span, "an operand of '\(operation.rawValue)' is null")
    }
    return null(
      .operandType, span,
      "'\(operation.rawValue)' is not defined for \(left.kindName) and \(right.kindName), "
        + "or its result is out of range")
  }

  /// Rule 24.
  ///
  /// Table 62 makes `-e` the same as `0-e`; the negative of a duration is meant too.
  func negative(_ value: Value, _ span: Span) -> Value {
    switch value {
    case .number(let number): return .number(-number)
    case .daysTime(let duration):
      if let negated = duration.negated { return .daysTime(negated) }
    case .yearsMonths(let duration) where duration.months > Int64.min:
      return .yearsMonths(YearsMonthsDuration(months: -duration.months))
    default: break
    }
    return null(.operandType, span, "\(value.kindName) has no negative")
  }
}

extension Value {
  fileprivate static func sum(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.string(let left), .string(let right)): .string(left + right)
    case (.date(let date), .daysTime(let duration)):
      date.moved(days: floorQuotient(duration.seconds, 86_400)).map(Value.date)
    case (.date(let date), .yearsMonths(let duration)): date.adding(duration).map(Value.date)
    case (.dateTime(let moment), .daysTime(let duration)):
      moment.adding(duration).map(Value.dateTime)
    case (.dateTime(let moment), .yearsMonths(let duration)):
      moment.adding(duration).map(Value.dateTime)
    case (.time(let time), .daysTime(let duration)): .time(time.adding(duration))
    case (.daysTime(let left), .daysTime(let right)): left.adding(right).map(Value.daysTime)
    case (.yearsMonths(let left), .yearsMonths(let right)): months(left.months, right.months)
    default: nil
    }
  }

  private static func months(_ left: Int64, _ right: Int64) -> Value? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow || sum == Int64.min ? nil : .yearsMonths(YearsMonthsDuration(months: sum))
  }

  fileprivate static func difference(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.date, .date), (.dateTime, .dateTime), (.date, .dateTime), (.dateTime, .date):
      guard let left = left.moment, let right = right.moment else { return nil }
      return left.since(right).map(Value.daysTime)
    case (.time(let left), .time(let right)):
      let mine = left.comparable(offset: right.offset == nil ? nil : left.offset)
      let theirs = right.comparable(offset: left.offset == nil ? nil : right.offset)
      return .daysTime(
        DaysTimeDuration(
          seconds: Int64(mine - theirs),
          nanosecond: Int(left.nanosecond) - Int(right.nanosecond)))
    case (_, .daysTime(let duration)):
      guard !left.isNull, let negated = duration.negated else { return nil }
      return sum(left, .daysTime(negated))
    case (_, .yearsMonths(let duration)):
      guard duration.months > Int64.min else { return nil }
      return sum(left, .yearsMonths(YearsMonthsDuration(months: -duration.months)))
    default: return nil
    }
  }

  /// A date and time, or a date at midnight UTC (10.3.2.3.5).
  var moment: DateTime? {
    switch self {
    case .dateTime(let moment): moment
    case .date(let date): DateTime(date: date, time: .midnightUTC)
    default: nil
    }
  }

  fileprivate static func multiple(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.daysTime(let duration), .number(let factor)):
      DaysTimeDuration(seconds: duration.decimalValue * factor).map(Value.daysTime)
    case (.yearsMonths(let duration), .number(let factor)):
      YearsMonthsDuration(months: Decimal128(Int(duration.months)) * factor)
        .map(Value.yearsMonths)
    default: nil
    }
  }

  fileprivate static func quotient(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.daysTime(let duration), .number(let divisor)) where !divisor.isZero:
      DaysTimeDuration(seconds: duration.decimalValue / divisor).map(Value.daysTime)
    case (.yearsMonths(let duration), .number(let divisor)) where !divisor.isZero:
      YearsMonthsDuration(months: Decimal128(Int(duration.months)) / divisor)
        .map(Value.yearsMonths)
    case (.daysTime(let left), .daysTime(let right)) where right.decimalValue != 0:
      finiteOrNil(left.decimalValue / right.decimalValue)
    case (.yearsMonths(let left), .yearsMonths(let right)) where right.months != 0:
      finiteOrNil(Decimal128(Int(left.months)) / Decimal128(Int(right.months)))
    default: nil
    }
  }

  private static func finiteOrNil(_ number: Decimal128) -> Value? {
    number.isFinite ? .number(number) : nil
  }
}
