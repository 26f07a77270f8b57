import Cryptography
import Foundation

/// Stands keyed codes in the place of patients' numbers, so that what is searched for and logged holds none.
///
/// The key lies in a file of its own: who has the database alone can't try all numbers out.
struct Pseudonyms: Sendable {
  private static let keyBytes = 32

  private let key: [UInt8]

  init(key: [UInt8]) {
    self.key = key
  }

  /// Reads the key, or makes one that only this user may read.
  /// - Throws: ``PseudonymError``.
  init(file path: String) throws(PseudonymError) {
    if let key = try Self.read(path) { self.key = key } else { key = try Self.make(path) }
  }

  /// Names for the hub's store, by the same key.
  var ofHub: HubPseudonyms { HubPseudonyms(key: key) }

  /// 128 bits of the code in hexadecimal.
  func code(of value: String) -> String {
    String(HMAC.code(of: value, key: key).hexadecimal.prefix(32))
  }

  /// A key of 32 bytes for something else, from which the key for pseudonyms can't be told.
  func key(for use: String) -> [UInt8] { HMAC.code(of: "key for " + use, key: key).bytes }

  private static func read(_ path: String) throws(PseudonymError) -> [UInt8]? {
    guard let key = FileManager.default.contents(atPath: path) else {
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      throw .unreadable(path: path)
    }
    guard key.count == keyBytes else { throw .malformed(path: path) }
    return Array(key)
  }

  private static func make(_ path: String) throws(PseudonymError) -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    let key = (0..<keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .unreadable(path: path) }
    defer { close(file) }
    guard write(file, key, key.count) == key.count, fsync(file) == 0 else {
      unlink(path)
      throw .unreadable(path: path)
    }
    return key
  }
}

/// Why there is no key for pseudonyms.
enum PseudonymError: Error, CustomStringConvertible {
  case unreadable(path: String)
  case malformed(path: String)

  var description: String {
    switch self {
    case .unreadable(let path): "the key of pseudonyms can't be read from or written to \(path)"
    case .malformed(let path):
      "\(path) does not hold a key of pseudonyms; put the right file back: with another key the deliveries of a patient that wait "
        + "are not kept in order with new ones"
    }
  }
}

/// The keyed codes that stand for patients' numbers in a gateway's store, for commands that work on it while no
/// gateway does.
public enum PatientCodes {
  /// What makes them; the key lies in the data folder.
  /// - Throws: a problem fit to be shown, when the key can't be read or made.
  public static func of(dataFolder: String) throws -> @Sendable (String) -> String {
    let pseudonyms = try Pseudonyms(file: dataFolder + "/pseudonym.key")
    return { pseudonyms.code(of: $0) }
  }
}
