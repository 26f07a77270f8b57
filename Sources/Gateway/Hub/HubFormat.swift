/// How FHIR's resources are written and read.
public enum HubFormat: String, Sendable, CaseIterable {
  case json, xml

  /// The media type of FHIR's resources in this format.
  public var mediaType: String { "application/fhir+\(rawValue)" }

  /// What a document is in, told by its first character.
  init(of bytes: [UInt8]) {
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0]
    self = bytes.first { $0 > 0x20 && !marks.contains($0) } == UInt8(ascii: "<") ? .xml : .json
  }
}
