package import JSON

/// What names a person and where they can be reached.
///
/// The rules never see any of it.
package struct Identity: SealedRecord, Hashable {
  /// The given name; nil for a business.
  package var givenName: String?
  /// The family name, or the name of a business.
  package var familyName: String
  /// The e-mail address.
  package var email: String?
  /// The telephone number with its country code.
  package var phone: String?
  /// The document that the person was identified by.
  package var document: IdentityDocument?
  /// The postal address.
  package var address: PostalAddress?

  /// A person or business of whom only the name is known.
  package init(givenName: String? = nil, familyName: String) {
    self.givenName = givenName
    self.familyName = familyName
  }

  /// The name as people say it.
  package var fullName: String {
    [givenName, familyName].compactMap { $0 }.joined(separator: " ")
  }

  /// Limits of the fields, in bytes of UTF-8.
  package enum Limit {
    /// A given or family name.
    package static let name = 200
    /// An e-mail address (RFC 5321).
    package static let email = 254
    /// A telephone number as written.
    package static let phone = 32
    /// The number of a document.
    package static let document = 64
    /// A line of an address.
    package static let addressLine = 200
  }

  package func write(_ writer: inout JSONWriter) {
    if let address { writer.object("address", address.write) }
    if let document { writer.object("document", document.write) }
    writer.member("email", email)
    writer.member("familyName", familyName)
    writer.member("givenName", givenName)
    writer.member("phone", phone)
  }

  package init?(reading fields: JSONFields) {
    let familyName = fields.string("familyName", maxLength: Limit.name, pattern: .notBlank)
    let givenName = fields.optionalString("givenName", maxLength: Limit.name)
    let email = fields.optionalString("email", maxLength: Limit.email)
    let phone = fields.optionalString("phone", maxLength: Limit.phone)
    let document = fields.optionalObject("document") { IdentityDocument(reading: $0) }
    let address = fields.optionalObject("address") { PostalAddress(reading: $0) }
    guard let familyName else { return nil }
    self.init(givenName: givenName, familyName: familyName)
    self.email = email
    self.phone = phone
    self.document = document
    self.address = address
  }
}

/// A document that identifies a person.
package struct IdentityDocument: Sendable, Hashable {
  /// The country that issued it, ISO 3166 alpha-2.
  package var country: String
  /// What it is, such as `passport`.
  package var kind: String
  /// Its number.
  package var number: String

  /// A document.
  package init(country: String, kind: String, number: String) {
    self.country = country
    self.kind = kind
    self.number = number
  }

  func write(_ writer: inout JSONWriter) {
    writer.member("country", country)
    writer.member("kind", kind)
    writer.member("number", number)
  }

  init?(reading fields: JSONFields) {
    let country = fields.string("country", maxLength: 2)
    let kind = fields.string("kind", maxLength: 40)
    let number = fields.string("number", maxLength: Identity.Limit.document)
    guard let country, let kind, let number else { return nil }
    self.init(country: country, kind: kind, number: number)
  }
}

/// A postal address.
package struct PostalAddress: Sendable, Hashable {
  /// Street, house, flat.
  package var lines: [String]
  /// The postal code.
  package var postalCode: String?
  /// The town.
  package var town: String?
  /// The country, ISO 3166 alpha-2.
  package var country: String

  /// An address.
  package init(lines: [String], postalCode: String?, town: String?, country: String) {
    self.lines = lines
    self.postalCode = postalCode
    self.town = town
    self.country = country
  }

  func write(_ writer: inout JSONWriter) {
    writer.member("country", country)
    writer.member("lines", lines)
    writer.member("postalCode", postalCode)
    writer.member("town", town)
  }

  init?(reading fields: JSONFields) {
    let lines = fields.strings("lines", max: 5, maxLength: Identity.Limit.addressLine)
    let code = fields.optionalString("postalCode", maxLength: 20)
    let town = fields.optionalString("town", maxLength: Identity.Limit.addressLine)
    let country = fields.string("country", maxLength: 2)
    guard let lines, let country else { return nil }
    self.init(lines: lines, postalCode: code, town: town, country: country)
  }
}
