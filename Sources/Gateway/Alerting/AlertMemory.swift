import Foundation

/// What alerts remember from one run to the next, in a file of the data folder: which are on, and what could
/// not be told yet. Nothing of a message is in it.
struct AlertMemory: Codable, Equatable, Sendable {
  var board = AlertBoard.Memory()
  /// By receiver, the oldest first.
  var untold: [String: [AlertNotice]] = [:]

  init() {}

  /// Reads a file; one that is missing or garbled says nothing.
  init(file path: String) {
    let found = FileManager.default.contents(atPath: path)
    self = found.flatMap { try? JSONDecoder().decode(AlertMemory.self, from: $0) } ?? AlertMemory()
  }

  /// Replaces the file.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
