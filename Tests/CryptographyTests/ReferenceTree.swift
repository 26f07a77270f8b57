import Foundation

/// The Merkle tree of RFC 6962's reference implementation, from the shared folder of suites.
struct ReferenceTree: Decodable {
  let leafInputsHex: [String]
  let nodeHashesByLevel: [[String]]
  let rootHashesBySize: [String]

  /// Found in `../shared`, or where SLUSS_SHARED says; `nil` when it is not there.
  static let stored: ReferenceTree? = {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    let shared = ProcessInfo.processInfo.environment["SLUSS_SHARED"] ?? repository + "/../shared"
    let file = URL(fileURLWithPath: shared + "/suites/merkle/rfc6962-reference-tree.json")
    return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Self.self, from: $0) }
  }()

  static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal).map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
