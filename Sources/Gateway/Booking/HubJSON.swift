import Foundation

/// Resources of the hub as objects that can be changed: documents that the gateway itself has written.
enum HubJSON {
  /// The object; nil when it is none.
  static func object(_ bytes: [UInt8]) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
  }

  /// Its bytes, the same for the same object.
  static func bytes(_ object: [String: Any]) -> [UInt8] {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    return (try? JSONSerialization.data(withJSONObject: object, options: options)).map { Array($0) } ?? []
  }

  /// The resources of a Bundle.
  static func resources(_ bundle: [UInt8]) -> [[String: Any]] {
    (object(bundle)?["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
  }

  /// A Bundle of resources.
  static func bundle(_ resources: [[String: Any]]) -> [UInt8] {
    bytes([
      "resourceType": "Bundle", "type": "collection", "entry": resources.map { ["resource": $0] },
    ])
  }

  static func type(_ resource: [String: Any]) -> String { resource["resourceType"] as? String ?? "" }

  /// `system|value`
  static func identifier(_ identifier: [String: Any]) -> String? {
    guard let value = identifier["value"] as? String, !value.isEmpty else { return nil }
    return "\(identifier["system"] as? String ?? "")|\(value)"
  }

  /// All identifiers of a resource, `system|value`.
  static func identifiers(_ resource: [String: Any]) -> [String] {
    (resource["identifier"] as? [[String: Any]] ?? []).compactMap(identifier)
  }

  /// The texts at a path of members; arrays are opened.
  static func texts(_ content: [UInt8], at path: [String]) -> [String] {
    var found: [Any] = object(content).map { [$0] } ?? []
    for name in path {
      found = found.flatMap { value -> [Any] in
        guard let next = (value as? [String: Any])?[name] else { return [] }
        return next as? [Any] ?? [next]
      }
    }
    return found.compactMap { $0 as? String }
  }
}
