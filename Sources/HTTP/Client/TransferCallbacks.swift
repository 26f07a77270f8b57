import CCurl
import Foundation

/// libcurl's view of a transfer: C functions that find their Swift object and hand over.
///
/// The client's thread keeps the ``Transfer`` for as long as libcurl may call.
extension Transfer {
  var callbacks: sluss_curl_callbacks {
    sluss_curl_callbacks(
      context: Unmanaged.passUnretained(self).toOpaque(), header: Self.header, body: Self.body,
      read: Self.read, open: Self.open, before: Self.before)
  }

  private static let header: curl_write_callback = { bytes, size, count, context in
    guard let transfer = object(context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.appendHeader(line) ? line.count : 0
  }

  private static let body: curl_write_callback = { bytes, size, count, context in
    guard let transfer = object(context) else { return 0 }
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.appendBody(piece) ? piece.count : 0
  }

  private static let read: curl_read_callback = { buffer, size, count, context in
    guard let transfer = object(context) else { return Int(CURL_READFUNC_ABORT) }
    return transfer.readBody(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
  }

  private static let open: curl_opensocket_callback = { context, _, address in
    var count = 0
    guard let transfer = object(context), let address, let bytes = sluss_curl_ip(address, &count),
      transfer.allows(Array(UnsafeBufferPointer(start: bytes, count: count)))
    else { return sluss_curl_no_socket() }
    return sluss_curl_open(address)
  }

  private static let before: curl_prereq_callback = { context, address, _, _, _ in
    guard let transfer = object(context), let address, let bytes = SocketAddress.bytes(address),
      transfer.allows(bytes), transfer.maySend()
    else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
  }

  private static func object(_ opaque: UnsafeMutableRawPointer?) -> Transfer? {
    opaque.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension SocketAddress {
  /// The 4 or 16 bytes of a numeric address; nil for other text.
  fileprivate static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8]? {
    var (v4, v6) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
    return nil
  }
}
