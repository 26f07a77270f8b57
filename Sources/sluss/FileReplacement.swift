import Foundation

/// Puts new content in a file's place in one step, so that readers see the old or the new and never half of it.
enum FileReplacement {
  /// Keeps the file's permissions; of a symbolic link, the file behind it is replaced.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let draft = "\(target).\(UUID().uuidString)"
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: draft), options: .withoutOverwriting)
      let mode = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions]
      try FileManager.default.setAttributes(mode.map { [.posixPermissions: $0] } ?? [:], ofItemAtPath: draft)
      guard rename(draft, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw error
    }
  }
}
