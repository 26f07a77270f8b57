import Foundation
import TestRig

/// A folder of its own for one test, removed afterwards.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appending(path: "billing-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
