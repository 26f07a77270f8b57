import Cryptography
import Foundation

extension GatewayConfiguration {
  /// What keeps the gateway from starting here and now, though its file says nothing wrong.
  public func faults() -> [String] {
    let data = FolderCheck.fault(of: dataFolder, mayBeMade: true).map { ["data: \($0)"] } ?? []
    return data + tlsFaults + targetFaults + portFaults
  }

  private var tlsFaults: [String] {
    tls.flatMap { Self.fault(of: $0) }.map { ["tls: \($0)"] } ?? []
  }

  private var targetFaults: [String] {
    targets.sorted { $0.key < $1.key }.compactMap { name, target in
      guard case .mllp(_, _, let tls?) = target.way else { return nil }
      return Self.fault(of: tls).map { "\(name): \($0)" }
    }
  }

  private static func fault(of files: TLSFiles) -> String? {
    do throws(TLSFault) {
      _ = try TLSCredentials(files)
      return nil
    } catch {
      return error.description
    }
  }

  private var portFaults: [String] {
    let doors = [("port", address, port)] + mllp.map { ("mllp \($0.name)", $0.address, $0.port) }
    var seen: Set<String> = []
    return doors.compactMap { name, address, port in
      guard port > 0 else { return nil }
      let isNew = seen.insert("\(address) \(port)").inserted
      guard isNew, PortCheck.isFree(address, port) else {
        return
          "\(name): \(address) port \(port) \(isNew ? "is in use, or is not this machine's" : "is there twice")"
      }
      return nil
    }
  }
}

/// Whether a port can be listened on.
enum PortCheck {
  static func isFree(_ address: String, _ port: UInt16) -> Bool {
    address.contains(":") ? binds(v6(address, port), AF_INET6) : binds(v4(address, port), AF_INET)
  }

  private static func v4(_ address: String, _ port: UInt16) -> sockaddr_in? {
    var found = sockaddr_in()
    found.sin_family = sa_family_t(AF_INET)
    found.sin_port = port.bigEndian
    return inet_pton(AF_INET, address, &found.sin_addr) == 1 ? found : nil
  }

  private static func v6(_ address: String, _ port: UInt16) -> sockaddr_in6? {
    var found = sockaddr_in6()
    found.sin6_family = sa_family_t(AF_INET6)
    found.sin6_port = port.bigEndian
    return inet_pton(AF_INET6, address, &found.sin6_addr) == 1 ? found : nil
  }

  /// An address that is none is somebody else's to tell.
  private static func binds<Address>(_ address: Address?, _ family: Int32) -> Bool {
    guard let address else { return true }
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    return withUnsafeBytes(of: address) { bytes in
      bytes.baseAddress.map {
        bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) == 0
      } ?? true
    }
  }
}
