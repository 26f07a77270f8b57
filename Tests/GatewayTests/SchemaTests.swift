import Foundation
import Gateway
import TestRig
import Testing

/// The JSON Schemas of our files accept what the readers accept, and find misspelt keys and wrong kinds.
@Suite(
  .enabled(if: SchemaValidator.isThere, "Python's jsonschema is not in .venv; scripts/test puts it there"))
struct SchemaTests {
  private func files(_ schema: FileSchema) -> [String] {
    let ending =
      switch schema {
      case .shape: ".shape.yaml"
      case .mapping: ".map.yaml"
      case .case: "/case.yaml"
      case .routes: "routes.yaml"
      case .store: "store.yaml"
      case .billing: "billing/rules.yaml"
      case .exports: "exports.yaml"
      case .booking: "Mappings/booking.yaml"
      case .rivta: "Mappings/rivta.yaml"
      case .gateway: "sluss.yaml"
      }
    return ["Mappings", "Fixtures/diagnostics/base", "Fixtures/gateway"].flatMap { folder in
      let root = "\(RepositoryFolder.path)/\(folder)"
      let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      return found.map { "\(root)/\($0)" }.filter { $0.hasSuffix(ending) }.sorted()
    }
  }

  /// Complaints about texts, each as a file of its own.
  private func complaints(about texts: [String], by schema: FileSchema) throws -> [[String]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sluss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = texts.indices.map { folder.appendingPathComponent("\($0).yaml") }
    for (file, text) in zip(files, texts) { try Data(text.utf8).write(to: file) }
    let complaints = try SchemaValidator.complaints(about: files.map(\.path), by: schema)
    return files.map { complaints[$0.path] ?? [] }
  }

  @Test("Every file of the repository is valid", arguments: FileSchema.allCases)
  func own(_ schema: FileSchema) throws {
    let files = files(schema)
    #expect(!files.isEmpty)
    #expect(try SchemaValidator.complaints(about: files, by: schema).isEmpty)
  }

  @Test("A misspelt key at the top of any of them is found", arguments: FileSchema.allCases)
  func misspelt(_ schema: FileSchema) throws {
    var texts: [String] = []
    for file in files(schema) {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for key in text.matches(of: /(?m)^[a-z]+(?=:)/) {
        texts.append(text.replacingCharacters(in: key.range.upperBound..<key.range.upperBound, with: "x"))
      }
    }
    for (text, told) in zip(texts, try complaints(about: texts, by: schema)) {
      #expect(told.contains { $0.contains("Additional properties") }, "\(text.prefix(300))")
    }
  }

  @Test("All forms of types are valid in a shape, and nothing else is")
  func types() throws {
    let right = [
      "string", "code", "code(a, b)", "date(partial)", "date(YYYYMMDD)", "date(YYYYMMDD, partial)",
      "instant(partial)",
      "local-time(Europe/Stockholm)", "local-time(Europe/Stockholm, YYYYMMDDhhmmss)", "uri as canonical",
      "= 1.2.3", "CV", "string(5)", "text(256)", "pattern([0-9]{3}(a|b)?)",
      "any as Resource", "\n    b?: string\n    $c: hsa-id\n    $: text",
    ]
    let wrong = [
      "date(half)", "instant(YYYYMMDD)", "code()", "string(0)", "uri(5)", "pattern()", "code(a", "CV as x y",
      "string integer", "7",
      "true",
      "[string]", "", "\n    b??: string", "{b: {}, c: 1}",
    ]
    let texts = (right + wrong).map { "shape: a\nfields:\n  a*: \($0)\n" }
    let told = try complaints(about: texts, by: .shape)
    for (type, complaints) in zip(right, told) { #expect(complaints.isEmpty, "\(type)") }
    for (type, complaints) in zip(wrong, told.dropFirst(right.count)) {
      #expect(!complaints.isEmpty, "\(type)")
    }
  }

  @Test("Values of the wrong kind in a shape are found")
  func wrongShapes() throws {
    let texts = [
      "title: a", "shape: [a]", "shape: a\nformat: jsno", "shape: a\nclosed: maybe",
      "shape: a\nfields: string",
      "shape: a\nuses: {a: b}", "shape: a\nslices: {a: {b: c}}", "shape: a\nslices: {'a[b]': c}",
      "shape: a\nscalars: {strnig: text}", "shape: a\nkinds: code", "shape: a\nnamespaces: [a]", "- shape: a",
    ]
    for (text, told) in zip(texts, try complaints(about: texts, by: .shape)) {
      #expect(!told.isEmpty, "\(text)")
    }
  }

  @Test("Lines and blocks of the wrong kind in a mapping are found")
  func wrongMappings() throws {
    let blocks = [
      "hub: {a: encounter}", "hub: {a: Encounter at b}", "hub: Encounter", "both: {a: = b}", "both: {a: [b]}",
      "both: {a: b |}", "both: {'a b': c}", "both: {a*: {include: b}}", "both: {a: {each: A b}}",
      "both: {a*: {when: {in: = b}}}", "both: {a*: {each: A b, when: {in: b}}}",
      "both: {a*: {each: A b, whne: {}}}",
      "both: {a*: {each: A b, both: {c: 5}}}", "both: {a: {include: b, wiht: {c: d}}}",
      "in: {a: {include: b}}",
      "out: {a: }", "identity: [a]", "fragment: a",
    ]
    let texts = ["both: {a: b}"] + blocks.map { "mapping: a\n\($0)\n" }
    for (text, told) in zip(texts, try complaints(about: texts, by: .mapping)) {
      #expect(!told.isEmpty, "\(text)")
    }
  }

  @Test("Cases of the wrong kind are found")
  func wrongCases() throws {
    let head = "from: a\ninput: b\n"
    let texts = [
      "from: a", "input: b", head + "back: 1", head + "to: hub", head + "rejects: [SL1]",
      head + "to: {a: [b]}",
    ]
    for (text, told) in zip(texts, try complaints(about: texts, by: .case)) {
      #expect(!told.isEmpty, "\(text)")
    }
    #expect(try complaints(about: [head + "to: {a: }\nrejects: SL0101\nback: true"], by: .case) == [[]])
  }
}
