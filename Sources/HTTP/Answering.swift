import CMicroHTTPD
import Foundation

extension HTTPResponse {
  /// Queues the answer on a connection that expects one; false when the library will not have it.
  func queue(on connection: OpaquePointer, closing: Bool) -> Bool {
    let made = body.withUnsafeBytes { bytes in
      MHD_create_response_from_buffer(
        bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return false }
    defer { MHD_destroy_response(made) }
    for field in headers { _ = MHD_add_response_header(made, field.name, field.value) }
    if closing || closesConnection { _ = MHD_add_response_header(made, "Connection", "close") }
    return MHD_queue_response(connection, UInt32(clamping: status), made) == .YES
  }

  /// After a client's mistake nothing that follows on the connection is trusted.
  var closesConnection: Bool { (400..<500).contains(status) }

  /// Writes the answer past the library, for a body that is refused half-way: the library takes
  /// answers only before a body and after it.
  func write(to watch: ConnectionWatch) {
    let head = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    let length = "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    let bytes = Array("HTTP/1.1 \(status) \(Self.reason(status))\r\n\(head)\(length)".utf8) + body
    watch.line.send(bytes, on: watch.socket)
  }

  private static func reason(_ status: Int) -> String {
    MHD_get_reason_phrase_for(UInt32(clamping: status)).map { String(cString: $0) } ?? ""
  }
}
