package import DMN
import FEEL
import JSON

/// Writes what an evaluation gave and why as one JSON line.
package struct TraceWriter {
  private var writer = JSONWriter(capacity: 4_096)
  private let longest: Int

  /// The longest line, in bytes: values may share parts, so a small model can give a huge text.
  package static let longest = 256 << 20
  /// The deepest nesting of a value that is written out.
  static let deepest = 500

  /// A line of so many bytes at most.
  package init(longest: Int = TraceWriter.longest) { self.longest = longest }

  /// Why a result cannot be written.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    /// What the limit is, in one sentence.
    package let description: String
  }

  /// What was written.
  package var bytes: [UInt8] { writer.bytes }

  /// What was written, with its line end.
  package var line: [UInt8] {
    var ended = writer
    ended.newline()
    return ended.bytes
  }

  /// Writes an outcome.
  ///
  /// - Throws: ``Fault`` when the text is longer than the limit.
  package mutating func write(
    _ outcome: DMN.Outcome, of decision: String, _ level: TraceLevel
  ) throws {
    writer.beginObject()
    writer.member("decision", decision)
    try member("result", outcome.value)
    if level >= .causes { write("causes", outcome.causes) }
    if level >= .hits {
      writer.key("trace")
      writer.beginArray()
      for step in outcome.trace.steps { try write(step, level) }
      writer.endArray()
    }
    writer.endObject()
  }

  private mutating func write(_ step: Trace.Step, _ level: TraceLevel) throws {
    writer.beginObject()
    writer.member("name", step.name)
    writer.member("id", step.id)
    writer.member("file", step.file)
    try write("inputs", step.inputs)
    writer.key("tables")
    writer.beginArray()
    for table in step.tables { try write(table, level) }
    writer.endArray()
    write("causes", step.causes)
    try member("value", step.value)
    writer.member("microseconds", Int(step.elapsed / .microseconds(1)))
    writer.endObject()
  }

  private mutating func write(_ table: TableTrace, _ level: TraceLevel) throws {
    writer.beginObject()
    writer.member("hitPolicy", "\(table.hitPolicy)")
    try write("columns", table.columns)
    writer.key("hits")
    writer.beginArray()
    for hit in table.hits {
      writer.beginObject()
      writer.member("rule", hit.number)
      writer.member("id", hit.id)
      writer.key("cells")
      writer.beginArray()
      for cell in hit.cells { try write(cell) }
      writer.endArray()
      try write("outputs", hit.outputs)
      if !hit.annotations.isEmpty {
        writer.array("annotations") { writer in
          for note in hit.annotations {
            writer.object { writer in
              writer.member("name", note.name)
              writer.member("text", note.text)
            }
          }
        }
      }
      writer.endObject()
    }
    writer.endArray()
    if level >= .misses {
      writer.key("misses")
      writer.beginArray()
      for miss in table.misses {
        writer.beginObject()
        writer.member("rule", miss.number)
        writer.member("id", miss.id)
        writer.key("cell")
        try write(miss.cell)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endObject()
  }

  private mutating func write(_ cell: TableTrace.Cell) throws {
    writer.beginObject()
    writer.member("column", cell.name)
    writer.member("test", cell.text)
    try member("value", cell.value)
    writer.endObject()
  }

  private mutating func write(_ key: String, _ readings: [Trace.Reading]) throws {
    writer.key(key)
    writer.beginArray()
    for reading in readings {
      writer.beginObject()
      writer.member("name", reading.name)
      try member("value", reading.value)
      writer.endObject()
    }
    writer.endArray()
  }

  private mutating func write(_ key: String, _ causes: [Cause]) {
    writer.array(key) { writer in
      for cause in causes {
        writer.object { writer in
          writer.member("code", cause.code)
          writer.member("text", cause.sentence)
        }
      }
    }
  }

  private mutating func member(_ key: String, _ value: Value) throws {
    writer.key(key)
    try write(value, depth: 0)
  }

  /// A value as JSON: numbers exactly, dates, times and durations as their text, ranges and
  /// functions as FEEL writes them.
  private mutating func write(_ value: Value, depth: Int) throws {
    guard writer.bytes.count <= longest else {
      throw Fault(description: "the result is longer than \(longest) bytes")
    }
    guard depth <= Self.deepest else {
      throw Fault(description: "the result is nested deeper than \(Self.deepest)")
    }
    switch value {
    case .null: writer.null()
    case .boolean(let flag): writer.boolean(flag)
    case .number(let number): writer.number(number)
    case .string(let text): writer.string(text)
    case .date, .time, .dateTime, .daysTime, .yearsMonths, .range, .function:
      writer.string(value.literalText)
    case .list(let items):
      writer.beginArray()
      for item in items { try write(item, depth: depth + 1) }
      writer.endArray()
    case .context(let context):
      writer.beginObject()
      for (key, item) in context {
        writer.key(key)
        try write(item, depth: depth + 1)
      }
      writer.endObject()
    }
  }
}
