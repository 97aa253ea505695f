import JSON

/// The number of the stored form of a product.
package enum PackedForm {
  /// The form that is written; the first byte of each stored product.
  package static let number: UInt8 = 2
  /// The forms that can be read.
  static let readable: ClosedRange<UInt8> = 1...number
}

/// A stored product that cannot be read.
package struct PackedFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The first byte that makes no sense.
  package let offset: Int

  /// A sentence.
  package var description: String { "The stored product cannot be read at byte \(offset)." }
}

extension Fielded {
  /// The record in canonical JSON: equal records give equal bytes, on every machine.
  ///
  /// What digests are taken of.
  var canonicalBytes: [UInt8] {
    var record = self
    var writer = FieldWriter()
    writer.write(&record)
    return writer.json.bytes
  }

  /// The record in the stored form.
  var packedBytes: [UInt8] {
    var record = self
    var writer = PackedWriter()
    writer.bytes.append(PackedForm.number)
    record.fields(&writer)
    return writer.bytes
  }

  /// Reads the stored form.
  init(packedBytes bytes: [UInt8]) throws(PackedFault) {
    self.init()
    var reader = PackedReader(bytes)
    fields(&reader)
    guard reader.isComplete else { throw PackedFault(offset: reader.fault ?? bytes.count) }
  }

  /// Reads a record as people write it, strictly.
  init(jsonBytes bytes: [UInt8]) throws {
    self = try decodeJSON(bytes, limits: FieldReader.fileLimits) { fields in
      var reader = FieldReader(fields: fields)
      reader.schemaReference()
      return FieldReader.read(fields)
    }
  }
}

extension Product {
  /// The product in canonical JSON: equal products give equal bytes, on every machine.
  package var canonicalJSON: [UInt8] { canonicalBytes }

  /// The product in the stored form, for a table of an edition.
  package var packed: [UInt8] { packedBytes }

  /// Reads the stored form.
  package init(packed bytes: [UInt8]) throws(PackedFault) { try self.init(packedBytes: bytes) }

  /// Reads a product as people write it, strictly.
  ///
  /// - Throws: `JSONSyntaxError`, or `Violations` with all that is wrong at once.
  package init(json bytes: [UInt8]) throws { try self.init(jsonBytes: bytes) }
}

extension ExchangeRates {
  /// The table in canonical JSON.
  package var canonicalJSON: [UInt8] { canonicalBytes }

  /// The table in the stored form.
  package var packed: [UInt8] { packedBytes }

  /// Reads the stored form.
  package init(packed bytes: [UInt8]) throws(PackedFault) { try self.init(packedBytes: bytes) }

  /// Reads a table as people write it, strictly.
  package init(json bytes: [UInt8]) throws { try self.init(jsonBytes: bytes) }
}

extension MarketData {
  /// The prices in canonical JSON.
  package var canonicalJSON: [UInt8] { canonicalBytes }

  /// The prices in the stored form.
  package var packed: [UInt8] { packedBytes }

  /// Reads the stored form.
  package init(packed bytes: [UInt8]) throws(PackedFault) { try self.init(packedBytes: bytes) }

  /// Reads prices as people write them, strictly.
  package init(json bytes: [UInt8]) throws { try self.init(jsonBytes: bytes) }
}

/// The JSON Schemas of a catalogue's files, written from the same declarations that read them.
package enum CatalogueSchema: String, Sendable, CaseIterable {
  case product
  case exchangeRates = "exchange-rates"
  case market

  /// The schema, laid out for reading.
  package var text: [UInt8] {
    let id = "https://steward.example/schema/\(rawValue).schema.json"
    return switch self {
    case .product: SchemaWalk.schema(of: Product.self, id: id, title: "A product")
    case .exchangeRates:
      SchemaWalk.schema(of: ExchangeRates.self, id: id, title: "Exchange rates")
    case .market: SchemaWalk.schema(of: MarketData.self, id: id, title: "Market data")
    }
  }
}
