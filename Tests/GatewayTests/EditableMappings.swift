import Foundation
import Gateway
import Mapping
import TestRig

/// A copy of the small mappings `a/visit` and `b/contact`, to be changed while a gateway serves them.
struct EditableMappings {
  static let visit = "a/visit.map.yaml"
  static let contact = "b/contact.map.yaml"

  let path: String
  private let files = FileManager.default

  init(at path: String = NSTemporaryDirectory() + "sluss-" + UUID().uuidString) throws {
    self.path = path
    try files.copyItem(atPath: RepositoryFolder.path + "/Fixtures/diagnostics/base", toPath: path)
  }

  /// Of all of them, as the gateway that serves them tells it.
  var version: String { get throws { MappingVersions(try MappingFolder.load(path)).all } }

  func remove() { try? files.removeItem(atPath: path) }

  struct NothingToChange: Error {
    let text: String
  }

  /// Replaces a text in a file, in place or as careful editors do: a new file that takes the old one's name.
  func change(_ file: String, _ old: String, _ new: String, byRename: Bool = true) throws {
    let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
    guard text.contains(old) else { throw NothingToChange(text: old) }
    try text.replacing(old, with: new).write(toFile: "\(path)/\(file)", atomically: byRename, encoding: .utf8)
  }

  func write(_ text: String, to file: String) throws {
    let folder = URL(fileURLWithPath: "\(path)/\(file)").deletingLastPathComponent().path
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(path)/\(file)", atomically: true, encoding: .utf8)
  }

  /// Marks the family name: the visit puts the mark before it, the contact takes it off and refuses another
  /// one.
  func mark(_ mark: String) throws {
    try change(Self.visit, "patient.name[first].family", "patient.name[first].family | prefix('\(mark):')")
    try change(Self.contact, "patient.name[first].family", "patient.name[first].family | prefix('\(mark):')")
  }

  /// Lets a symbolic link lead elsewhere in one step.
  static func point(_ link: String, to target: String) throws {
    let new = link + ".new"
    try FileManager.default.createSymbolicLink(atPath: new, withDestinationPath: target)
    guard rename(new, link) == 0 else { throw NothingToChange(text: link) }
  }

  static let event =
    #"{"id": "V1", "status": "done", "patient": {"pnr": "191212121212", "family": "Tolvansson"}, "diagnoses": []}"#
}
