import Quantities

/// The named properties of values (DMN 1.5, Tables 64 to 67).
enum Properties {
  private static let dateNames = ["year", "month", "day", "weekday"]
  private static let timeNames = ["hour", "minute", "second", "time offset", "timezone"]
  private static let rangeNames = ["start", "end", "start included", "end included"]

  /// The names that a value of `type` is known to have.
  static func names(of type: Type) -> [String] {
    switch type {
    case .date: dateNames
    case .time: timeNames
    case .dateTime: dateNames + timeNames
    case .daysTime: ["days", "hours", "minutes", "seconds"]
    case .yearsMonths: ["years", "months"]
    case .range: rangeNames
    case .context(let members): members.map(\.name)
    case .list(let element): names(of: element)
    default: []
    }
  }

  /// The type of the property `name` of a value of `type`.
  static func type(of name: String, in type: Type) -> Type {
    switch type {
    case .list(let element): return .list(Properties.type(of: name, in: element))
    case .context: return type.member(name) ?? .any
    case .range(let element):
      return name == "start" || name == "end" ? element : .boolean
    default: break
    }
    switch name {
    case "time offset": return .daysTime
    case "timezone": return .string
    default: return .number
    }
  }

  /// The property `name` of a value that is neither a context nor a list; nil when its kind has
  /// no such property.
  static func value(of name: String, in value: Value) -> Value? {
    switch value {
    case .date(let date): return dateProperty(name, date)
    case .time(let time): return timeProperty(name, time, offset: time.offset)
    case .dateTime(let moment):
      return dateProperty(name, moment.date)
        ?? timeProperty(name, moment.time, offset: moment.offset)
    case .daysTime(let duration):
      let parts = duration.components
      switch name {
      case "days": return .number(Int(parts.days))
      case "hours": return .number(parts.hours)
      case "minutes": return .number(parts.minutes)
      case "seconds": return .number(parts.seconds)
      case "years", "months": return .null
      default: return nil
      }
    case .yearsMonths(let duration):
      switch name {
      case "years": return .number(Int(duration.years))
      case "months": return .number(Int(duration.monthsBeyondYears))
      case "days", "hours", "minutes", "seconds": return .null
      default: return nil
      }
    case .range(let range): return rangeProperty(name, range)
    default: return nil
    }
  }

  private static func dateProperty(_ name: String, _ date: CalendarDate) -> Value? {
    switch name {
    case "year": .number(date.year)
    case "month": .number(date.month)
    case "day": .number(date.day)
    case "weekday": .number(date.weekday)
    default: nil
    }
  }

  private static func timeProperty(_ name: String, _ time: TimeOfDay, offset: Int?) -> Value? {
    switch name {
    case "hour": return .number(time.hour)
    case "minute": return .number(time.minute)
    case "second": return .number(time.exactSecond)
    case "time offset":
      return offset.map { .daysTime(DaysTimeDuration(seconds: Int64($0))) } ?? .null
    case "timezone":
      if case .region(let region) = time.zone { return .string(region.name) }
      return .null
    default: return nil
    }
  }

  private static func rangeProperty(_ name: String, _ range: ValueRange) -> Value? {
    switch name {
    case "start": range.start
    case "end": range.end
    case "start included": .boolean(range.startIncluded)
    case "end included": .boolean(range.endIncluded)
    default: nil
    }
  }
}
