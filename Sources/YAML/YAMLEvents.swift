import CYAML

/// One event of libyaml.
struct YAMLEvent {
  enum Kind: Equatable {
    case scalar(String)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd, alias, streamEnd
  }

  let kind: Kind
  let style: YAMLStyle
  let start: YAMLPosition
  let end: YAMLPosition
  /// Whether it carries an anchor or a tag.
  let isDecorated: Bool

  /// How many characters a diagnostic underlines: of an event over several lines the first.
  var length: Int { start.line == end.line ? max(1, end.column - start.column) : 1 }
}

/// A syntax error as libyaml tells it, with 0-based position.
struct YAMLFault: Error {
  let reason: String
  let line: Int
  let column: Int
}

/// The one face of libyaml: a text as a run of events.
final class YAMLEvents {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String) {
    bytes = .allocate(capacity: max(1, text.utf8.count))
    _ = bytes.initialize(from: text.utf8)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, text.utf8.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event; starts and ends of documents are passed over.
  func next() throws(YAMLFault) -> YAMLEvent {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw fault }
      defer { yaml_event_delete(&event) }
      if let kind = Self.kind(event) { return Self.event(kind, event) }
    }
  }

  private var fault: YAMLFault {
    let mark = parser.pointee.problem_mark
    let reason = parser.pointee.problem.map { String(cString: $0) } ?? "malformed"
    return YAMLFault(reason: reason, line: Int(mark.line), column: Int(mark.column))
  }

  private static func event(_ kind: YAMLEvent.Kind, _ event: yaml_event_t) -> YAMLEvent {
    YAMLEvent(
      kind: kind, style: style(event), start: position(event.start_mark), end: position(event.end_mark),
      isDecorated: isDecorated(event))
  }

  private static func position(_ mark: yaml_mark_t) -> YAMLPosition {
    YAMLPosition(line: Int(mark.line), column: Int(mark.column))
  }

  private static func style(_ event: yaml_event_t) -> YAMLStyle {
    switch event.type {
    case YAML_SCALAR_EVENT: style(event.data.scalar.style)
    case YAML_SEQUENCE_START_EVENT where event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE: .flow
    case YAML_MAPPING_START_EVENT where event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE: .flow
    default: .block
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLStyle {
    switch style {
    case YAML_PLAIN_SCALAR_STYLE: .plain
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    default: .block
    }
  }

  private static func kind(_ event: yaml_event_t) -> YAMLEvent.Kind? {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return .scalar(text)
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_STREAM_END_EVENT: return .streamEnd
    default: return nil
    }
  }

  private static func isDecorated(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_SCALAR_EVENT: event.data.scalar.anchor != nil || event.data.scalar.tag != nil
    case YAML_SEQUENCE_START_EVENT:
      event.data.sequence_start.anchor != nil || event.data.sequence_start.tag != nil
    case YAML_MAPPING_START_EVENT:
      event.data.mapping_start.anchor != nil || event.data.mapping_start.tag != nil
    default: false
    }
  }
}
