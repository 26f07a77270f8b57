import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Messages that go between Sluss and hl7apy, which checks them by its tables of HL7 v2.5.1.
@Suite(.enabled(if: HL7apy.isThere, "scripts/test makes the virtual environment with hl7apy"))
struct HL7v2ConformanceTests {
  private let library: MappingLibrary
  private let mapping: Mapping
  private let translator: Translator
  private static let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "M-1")

  init() throws {
    library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    mapping = try library.mapping("journal/adt")
    translator = Translator(library)
  }

  /// A message to the hub and back.
  private func translated(_ message: [UInt8]) throws -> [UInt8] {
    try translator.read(message, as: mapping, named: "test", receipt: Self.receipt)
    return try translator.write(as: mapping)
  }

  /// What cases of any system expect of the journal's messages.
  private static func recorded() throws -> [[UInt8]] {
    try MappingFolder.cases(in: RepositoryFolder.path + "/Mappings").flatMap { folder in
      try String(contentsOfFile: folder + "/case.yaml", encoding: .utf8)
        .matches(of: /journal\/(?:adt|siu|mdm): *([^\s,}]+)/)
        .map { Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0.1)"))) }
    }
  }

  @Test("What Sluss writes is valid for hl7apy, which writes the same again but for segments of our own")
  func written() throws {
    let folder = RepositoryFolder.path + "/Mappings/journal/cases/"
    let messages =
      try ["admission", "discharge", "registration", "update", "latin1"].map { name in
        try translated(Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)\(name)/message.hl7"))))
      } + Self.recorded()
    #expect(messages.count > 30)
    // It takes the mark of a new line for text and escapes it.
    let again = try HL7apy.rewritten(messages).map { $0.replacing(#"\E\.br\E\"#, with: #"\.br\"#) }
    for (again, message) in zip(again, messages) {
      let segments = String(decoding: message, as: UTF8.self).split(separator: "\r").filter {
        !$0.hasPrefix("Z")
      }
      #expect(again == segments.joined(separator: "\r"))
    }
  }

  @Test("What hl7apy writes is read")
  func read() throws {
    let message = String(decoding: try translated(Array(try HL7apy.made().utf8)), as: UTF8.self)
    #expect(message.contains("|191212121212^^^&1.2.752.129.2.1.3.1&ISO||Tolvansson^Tolvan^"))
    #expect(message.contains("|20261120081500\r"))
  }

  @Test("hl7apy refuses what lacks a required segment, so that it can be trusted when it does not")
  func refused() throws {
    let message = "MSH|^~\\&|a||b||20260101||ADT^A01^ADT_A01|1|P|2.5.1\rPID|1||1||A\r"
    #expect(throws: HL7apy.Refused.self) { try HL7apy.rewritten([Array(message.utf8)]) }
  }
}
