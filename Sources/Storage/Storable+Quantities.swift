package import Quantities

extension Instant: Storable {
  package var stored: StoredValue { .integer(microseconds) }

  package init(stored: StoredValue) throws(StorageError) {
    self.init(microseconds: try Int64(stored: stored))
  }
}

extension CalendarDate: Storable {
  package var stored: StoredValue { .text(description) }

  package init(stored: StoredValue) throws(StorageError) {
    guard let date = CalendarDate(iso: try String(stored: stored)) else {
      throw .column(expected: "an ISO 8601 date", stored)
    }
    self = date
  }
}

extension Currency: Storable {
  package var stored: StoredValue { .text(code) }

  package init(stored: StoredValue) throws(StorageError) {
    guard let currency = Currency(try String(stored: stored)) else {
      throw .column(expected: "an ISO 4217 code", stored)
    }
    self = currency
  }
}

extension Decimal128: Storable {
  package var stored: StoredValue { .text(description) }

  package init(stored: StoredValue) throws(StorageError) {
    guard let number = Decimal128(try String(stored: stored)) else {
      throw .column(expected: "a decimal number", stored)
    }
    self = number
  }
}
