import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Which files decide what a mapping does, and that its version follows them and nothing else.
struct MappingVersionTests {
  /// Two systems; `a` has a fragment within a fragment, shapes that use others, and tables of each kind.
  private static let files = [
    "hub/types.shape.yaml": "shape: hub/types\ntypes: {Coding: {code?: code, display?: text}}",
    "hub/Encounter.shape.yaml": """
    shape: hub/Encounter
    uses: [hub/types]
    fields: {resourceType: = Encounter, id?: code, name?: text, class?: Coding, type?: Coding}
    """,
    "hub/Patient.shape.yaml": "shape: hub/Patient\nfields: {resourceType: = Patient, id?: code}",
    "a/deep.shape.yaml": "shape: a/deep\ntypes: {Kind: {code: 'code(x, y)'}}",
    "a/types.shape.yaml": "shape: a/types\nuses: [a/deep]\ntypes: {Head: {name: string, kind?: Kind}}",
    "a/visit.shape.yaml": "shape: a/visit\nuses: [a/types]\nfields: {head: Head, note?: string}",
    "a/head.map.yaml": """
    fragment: a/head
    shape: a/types
    of: Head
    hub: {visit: Encounter}
    both:
      name: visit.name
      kind: {include: a/kind}
    """,
    "a/kind.map.yaml": """
    fragment: a/kind
    shape: a/deep
    of: Kind
    hub: {visit: Encounter}
    both: {code: visit.class.code | kind}
    """,
    "a/visit.map.yaml": """
    mapping: a/visit
    hub: {visit: Encounter}
    both:
      head: {include: a/head}
    in:
      visit.type.code: "= iif(note.memberOf('common'), 'in', 'out')"
    """,
    "a/codes/kind.csv": "a,hub\nx,1\ny,2\n",
    "codes/common.csv": "any,hub\np,q\n",
    "b/visit.shape.yaml": "shape: b/visit\nfields: {name: string, kind?: 'code(m, n)'}",
    "b/visit.map.yaml": """
    mapping: b/visit
    hub: {visit: Encounter}
    both:
      name: visit.name
      kind: visit.class.code | kind
    """,
    "b/codes/kind.csv": "b,hub\nm,1\nn,2\n",
  ]

  private static func load(_ files: [String: String], in folder: String = "Mappings") throws -> MappingLibrary
  {
    try MappingLibrary(
      files.map { path, text in
        let name = [".shape.yaml", ".map.yaml", ".csv"].reduce(path) { $0.replacing($1, with: "") }
        return ConfigurationFile(path: "\(folder)/\(path)", name: name, text: text)
      })
  }

  private static func versions(_ files: [String: String]) throws -> [String: String] {
    MappingVersions(try load(files)).each
  }

  @Test(
    "A change in a file changes the versions of the mappings that it decides, and no other",
    arguments: files.keys.sorted())
  func whichFiles(_ path: String) throws {
    let before = try Self.versions(Self.files)
    var files = Self.files
    files[path, default: ""] += path.hasSuffix(".csv") ? "# seen\n" : "\n# seen\n"
    let after = try Self.versions(files)
    let changed = Set(before.keys.filter { before[$0] != after[$0] })
    let expected: Set<String> =
      switch path.prefix(2) {
      case "hu": ["a/visit", "b/visit"]
      case "b/": ["b/visit"]
      default: ["a/visit"]
      }
    #expect(changed == expected)
  }

  @Test("A table that comes to stand before another one changes the version")
  func nearerTable() throws {
    var files = Self.files
    files["a/codes/common.csv"] = files["codes/common.csv"]
    files["b/codes/common.csv"] = files["codes/common.csv"]
    let (before, after) = (try Self.versions(Self.files), try Self.versions(files))
    #expect(before["a/visit"] != after["a/visit"])
    #expect(before["b/visit"] == after["b/visit"])
  }

  @Test("Names and kinds of types that another system's shape declares for all count for all")
  func commonDeclarations() throws {
    var files = Self.files
    files["b/visit.shape.yaml", default: ""] += "\nkinds: {Special: Coding}\n"
    let (before, after) = (try Self.versions(Self.files), try Self.versions(files))
    #expect(before["a/visit"] != after["a/visit"])
  }

  @Test("A version does not depend on where the files lie, nor on systems that come and go")
  func elsewhere() throws {
    let here = MappingVersions(try Self.load(Self.files))
    #expect(here == MappingVersions(try Self.load(Self.files, in: "/somewhere/else")))
    let alone = try Self.versions(Self.files.filter { !$0.key.hasPrefix("b/") })
    #expect(alone["a/visit"] == here.each["a/visit"])
    #expect(MappingVersions(try Self.load(Self.files.filter { !$0.key.hasPrefix("b/") })).all != here.all)
  }

  @Test("A mapping's own files alone load, and translate its cases as all of them do")
  func filesSuffice() throws {
    let root = RepositoryFolder.path + "/Mappings"
    let library = try MappingFolder.load(root)
    var count = 0
    for (name, files) in library.files {
      let alone = try MappingLibrary(files)
      #expect(MappingVersions(alone).each == [name: MappingVersions(library).each[name]])
      for input in try Self.inputs(of: name, in: root) {
        count += 1
        #expect(try Self.hub(input, name, alone) == Self.hub(input, name, library), "\(name)")
      }
    }
    #expect(count > 100)
  }

  /// The inputs of a mapping's cases.
  private static func inputs(of mapping: String, in root: String) throws -> [[UInt8]] {
    let folder = try #require(mapping.split(separator: "/").first)
    return try MappingFolder.cases(in: "\(root)/\(folder)").compactMap { found in
      let text = try String(contentsOfFile: found + "/case.yaml", encoding: .utf8)
      guard text.contains("from: \(mapping)\n"), !text.contains("rejects"),
        let input = text.firstMatch(of: /input: (\S+)/)
      else { return nil }
      return Array(try Data(contentsOf: URL(fileURLWithPath: "\(found)/\(input.1)")))
    }
  }

  private static func hub(_ input: [UInt8], _ mapping: String, _ library: MappingLibrary) throws -> [UInt8] {
    let translator = Translator(library)
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    try translator.read(input, as: try library.mapping(mapping), named: "input", receipt: receipt)
    // What is read is not always enough to be written again.
    return translator.hub() + ((try? translator.write(as: try library.mapping(mapping))) ?? [])
  }
}
