import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Shapes and mappings of HL7 v2, through the whole gateway.
struct HL7v2MappingTests {
  private static let shape = """
    shape: c/oru
    format: hl7v2
    types:
      CX: {1: string, 4?: {1?: string, 2?: string}}
    fields:
      MSH: {10: string}
      PATIENT_RESULT*:
        PATIENT?:
          PID: {3*: CX, 5*: {1: {1: string}, 2?: string}, 8?: string}
          NTE*: {3: string}
        ORDER_OBSERVATION+:
          ORC?: {2?: string}
          OBR: {1?: string, 4?: {1: string}}
          NTE*: {3: string}
          OBSERVATION*:
            OBX: {1?: string, 5*: text}
            NTE*: {3: string}
      ZSE?: {1: string}
    """

  private let formulas: (String, [UInt8]) throws -> [String]
  private static let header = "MSH|^~\\&|A|B|||20261121101500||ORU^R01|1|P|2.5.1\r"

  init() throws {
    let files = [ConfigurationFile(path: "c/oru.shape.yaml", name: "c/oru", text: Self.shape)]
    let library = try MappingLibrary(files)
    formulas = { formula, message in
      let document = try FormulaDocument(
        message, named: "test", shape: "c/oru", now: "2026-11-21T10:15:00Z", library: library)
      return try document.evaluate(try document.formula(formula)).map(\.text)
    }
  }

  private func values(_ formula: String, _ segments: String...) throws -> [String] {
    try formulas(formula, Array((Self.header + segments.joined(separator: "\r")).utf8))
  }

  @Test("A field reads as a value or as parts, whichever the message has and the shape says")
  func parts() throws {
    let plain = "PID|||1||Test||F"
    let divided = "PID|||1^^^x&1.2.3||Test&von^Tolvan||F&G^H"
    for segment in [plain, divided] {
      #expect(try values("PATIENT_RESULT.PATIENT.PID.3.1", segment, "OBR|1") == ["1"])
      #expect(try values("PATIENT_RESULT.PATIENT.PID.5.1.1", segment, "OBR|1") == ["Test"])
    }
    #expect(
      try values("PATIENT_RESULT.PATIENT.PID.8", plain.replacing("||F", with: "|||F"), "OBR|1") == ["F"])
    #expect(
      try values("PATIENT_RESULT.PATIENT.PID.8", divided.replacing("||F", with: "|||F"), "OBR|1") == ["F"])
    #expect(try values("PATIENT_RESULT.PATIENT.PID.3.4.2", divided, "OBR|1") == ["1.2.3"])
  }

  @Test("Null and what is empty is absent for formulas")
  func absent() throws {
    #expect(try values("PATIENT_RESULT.PATIENT.PID.3.count()", "PID|||~1~^^^~", "OBR|1") == ["1"])
    #expect(try values("PATIENT_RESULT.PATIENT.PID.8.exists()", "PID||||||||\"\"", "OBR|1") == ["false"])
  }

  @Test("Segments go into the groups that the shape declares, the innermost first")
  func groups() throws {
    let message = [
      "PID|||1", "NTE|||of the patient", "ORC||a", "OBR|1", "NTE|||of the order", "OBX|1||||x", "NTE|||of x",
      "OBX|2||||y~z", "OBR|2", "OBX|1||||w", "ORC||b", "OBR|3", "PID|||2", "OBR|4", "ZSE|end",
    ].joined(separator: "\r")
    #expect(try values("PATIENT_RESULT.count()", message) == ["2"])
    #expect(try values("PATIENT_RESULT.PATIENT.NTE.3", message) == ["of the patient"])
    let orders = "PATIENT_RESULT[0].ORDER_OBSERVATION"
    #expect(try values("\(orders).OBR.1", message) == ["1", "2", "3"])
    #expect(try values("\(orders)[0].ORC.2", message) == ["a"])
    #expect(try values("\(orders)[1].ORC.exists()", message) == ["false"])
    #expect(try values("\(orders)[2].ORC.2", message) == ["b"])
    #expect(try values("\(orders)[0].NTE.3", message) == ["of the order"])
    #expect(try values("\(orders)[0].OBSERVATION.NTE.3", message) == ["of x"])
    #expect(try values("\(orders)[0].OBSERVATION[1].OBX.5", message) == ["y", "z"])
    #expect(try values("\(orders)[1].OBSERVATION.OBX.5", message) == ["w"])
    #expect(try values("PATIENT_RESULT[1].ORDER_OBSERVATION.OBR.1", message) == ["4"])
    #expect(try values("ZSE.1", message) == ["end"])
  }

  @Test("A segment that no open group names stays where it is, and nothing around it is lost")
  func strangers() throws {
    let message = ["PV1|1|I", "PID|||1", "ZZZ|x", "OBR|1", "ZZZ|y", "OBX|1||||x", "MSA|AA"]
      .joined(separator: "\r")
    #expect(try values("PATIENT_RESULT.count()", message) == ["1"])
    #expect(try values("PATIENT_RESULT.ORDER_OBSERVATION.OBSERVATION.OBX.5", message) == ["x"])
  }

  @Test("Both laws hold for a mapping with groups, repetitions, time stamps and slices")
  func laws() throws {
    let study = try MappingFolder.study(RepositoryFolder.path + "/Mappings")
    let mapping = try study.library.mapping("journal/adt")
    let report = study.laws(of: mapping, runs: 300, seed: 7)
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
    #expect(report.proven[.document, default: 0] > 150)
    #expect(report.proven[.hub, default: 0] > 60)
  }

  @Test("A diagnostic says where in the message, as HL7 v2 writes it")
  func paths() throws {
    let library = try MappingFolder.load(RepositoryFolder.path + "/Mappings")
    let text = """
      MSH|^~\\&|A|SE2321000016-TEST|||20261120081702||ADT^A01|1|P|2.5.1
      EVN||20261120081702
      PID|||1~||A||2026-11-20|F|||x~^^^^^^^H H
      PV1||I|||||||||||||||||||||||||||||||||||||||||||2026~202611201
      """
    let translator = Translator(library)
    let error = #expect(throws: DiagnosticError.self) {
      try translator.read(
        Array(text.replacing("\n", with: "\r").utf8), as: try library.mapping("journal/adt"), named: "test",
        receipt: Receipt(received: "2026-11-21T10:15:00Z", id: "1"))
    }
    let told = error?.diagnostics.map { "\($0.place.line):\($0.place.column) \($0.place.path ?? "")" }
    #expect(told == ["3:14 PID-7", "4:50 PV1-45(1)", "4:55 PV1-45(2)"])
  }
}
