import Foundation
public import Mapping

extension GatewayConfiguration {
  /// What lets the gateway start but not do all that its routes ask for.
  /// - Parameter library: the mappings that it would serve.
  public func warnings(in library: MappingLibrary) -> [String] {
    let destinations = library.mappings.values.flatMap(\.routes).flatMap(\.destinations).map(\.target)
    let missing = Set(destinations).subtracting(targets.keys).sorted().map {
      "routes go to \($0), which is not configured: its deliveries wait"
    }
    return store.warnings + missing
      + targets.sorted { $0.key < $1.key }.flatMap { $0.value.warnings(named: $0.key) }
  }
}

extension TargetConfiguration {
  fileprivate func warnings(named name: String) -> [String] {
    switch way {
    case .mllp: []
    case .directory(let folder):
      Self.isFolder(folder) ? [] : ["\(name): the folder \(folder) does not exist"]
    case .http(let target): target.warnings(named: name)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

extension HTTPTarget {
  fileprivate func warnings(named name: String) -> [String] {
    let files = [certificate, key, trust].compactMap { $0 }
    let unreadable = files.filter { !FileManager.default.isReadableFile(atPath: $0) }
    let token = token.map { $0.value() == nil ? ["\(name): its token can't be read"] : [] } ?? []
    return token + unreadable.map { "\(name): \($0) can't be read" }
  }
}
