/// An element of an XML file: its name, attributes, children and text, with their places.
struct XMLElement: Sendable {
  /// The name without its prefix.
  var name: String
  /// The namespace that the prefix stands for; empty for none.
  var namespace: String
  /// The attributes in the order of the file, without the namespace declarations.
  var attributes: [XMLAttribute] = []
  /// The child elements in the order of the file.
  var children: [XMLElement] = []
  /// The character data directly inside; empty where it is only the space between children.
  var text = ""
  /// The byte of the file where the text begins.
  var textOffset = 0
  /// The byte of the file where the start tag begins.
  var offset: Int
  /// The byte of the file behind the end tag.
  var end = 0

  /// The text with its place.
  var sourceText: SourceText {
    SourceText(text: text, offset: text.isEmpty ? offset : textOffset)
  }

  /// The attribute of no namespace with this name.
  func attribute(_ name: String) -> String? {
    for attribute in attributes where attribute.name == name && attribute.namespace.isEmpty {
      return attribute.value
    }
    return nil
  }

  /// The attribute of a namespace with this name.
  func attribute(_ name: String, namespace: String) -> String? {
    for attribute in attributes where attribute.name == name && attribute.namespace == namespace {
      return attribute.value
    }
    return nil
  }

  /// The first child with this name in the namespace of the element itself.
  func child(_ name: String) -> XMLElement? {
    for child in children where child.name == name && child.namespace == namespace { return child }
    return nil
  }

  /// The children with this name in the namespace of the element itself.
  func children(_ name: String) -> [XMLElement] {
    children.filter { $0.name == name && $0.namespace == namespace }
  }
}

/// An attribute of an XML element.
struct XMLAttribute: Sendable, Hashable {
  var name: String
  var namespace: String
  var value: String
}

/// The bounds of what the XML reader takes.
struct XMLLimits: Sendable {
  /// The size of a file in bytes.
  var bytes = 32 << 20
  /// How deep elements may be nested.
  var depth = 200
  /// How many elements a file may have.
  var elements = 2_000_000
  /// How many attributes an element may have.
  var attributes = 200
}

/// The first fault of an XML file, behind which nothing is read.
struct XMLFault: Error, Sendable, Hashable {
  /// A sentence about what is wrong and what was expected.
  var message: String
  /// The byte of the file.
  var offset: Int
}
