import CCurl
import Foundation

/// The bytes of one mail on their way, as libcurl asks for them. Used by one thread.
final class MailCarriage {
  private let bytes: [UInt8]
  private let networks: Set<HTTPClientPolicy.Network>
  private var sent = 0
  private(set) var wasAddressForbidden = false

  init(_ bytes: [UInt8], networks: Set<HTTPClientPolicy.Network>) {
    self.bytes = bytes
    self.networks = networks
  }

  /// libcurl may call them for as long as this object lives.
  var callbacks: sluss_curl_callbacks {
    sluss_curl_callbacks(
      context: Unmanaged.passUnretained(self).toOpaque(), header: Self.ignore, body: Self.ignore,
      read: Self.read, open: Self.open, before: Self.before)
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    bytes.withUnsafeBytes { bytes in
      let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...].prefix(buffer.count))
      buffer.copyMemory(from: rest)
      sent += rest.count
      return rest.count
    }
  }

  private func allows(_ address: [UInt8]) -> Bool {
    let isAllowed = HTTPClientPolicy.Network(address: address).map(networks.contains) ?? false
    wasAddressForbidden = !isAllowed
    return isAllowed
  }

  private static let ignore: curl_write_callback = { _, size, count, _ in size * count }

  private static let read: curl_read_callback = { buffer, size, count, context in
    guard let carriage = object(context) else { return Int(CURL_READFUNC_ABORT) }
    return carriage.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
  }

  private static let open: curl_opensocket_callback = { context, _, address in
    var count = 0
    guard let carriage = object(context), let address, let bytes = sluss_curl_ip(address, &count),
      carriage.allows(Array(UnsafeBufferPointer(start: bytes, count: count)))
    else { return sluss_curl_no_socket() }
    return sluss_curl_open(address)
  }

  private static let before: curl_prereq_callback = { _, _, _, _, _ in CURL_PREREQFUNC_OK }

  private static func object(_ opaque: UnsafeMutableRawPointer?) -> MailCarriage? {
    opaque.map { Unmanaged<MailCarriage>.fromOpaque($0).takeUnretainedValue() }
  }
}
