import Foundation

/// Bytes of files.
enum FileContent {
  static func of(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map(Array.init)
  }
}

extension [UInt8] {
  /// Whether the bytes are somewhere in a row.
  func contains(run bytes: [UInt8]) -> Bool {
    Data(self).range(of: Data(bytes)) != nil
  }
}
