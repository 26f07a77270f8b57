import CMicroHTTPD
import Foundation

/// Reads the header from libmicrohttpd's buffer and proves that every line ended in CR LF.
///
/// libmicrohttpd 0.9.75 accepts bare LF and folded fields and shows neither. But it parses in place:
/// it puts a zero over the colon and over each character of a line's end. In a clean header each name
/// therefore begins exactly two bytes after the value before it, and the last value ends four bytes
/// before the body. Anything else, a fold (which is copied elsewhere) included, breaks that chain.
struct HeadReader {
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var isUnbroken = true
  private var next: UnsafePointer<CChar>

  /// Nil when a line is folded, ends in anything but CR LF, or hides a zero byte.
  static func fields(
    of connection: OpaquePointer, method: UnsafePointer<CChar>, url: UnsafePointer<CChar>,
    version: UnsafePointer<CChar>
  ) -> [(name: String, value: String)]? {
    guard method + strlen(method) + 1 == url else { return nil }
    var reader = HeadReader(startingAt: version + strlen(version) + 2)
    withUnsafeMutablePointer(to: &reader) { cursor in
      _ = MHD_get_connection_values_n(connection, .HEADER_KIND, visit, cursor)
    }
    let end = method + sluss_mhd_header_size(connection)
    return reader.isUnbroken && reader.next + 2 == end ? reader.fields : nil
  }

  private init(startingAt first: UnsafePointer<CChar>) {
    next = first
    fields.reserveCapacity(12)
  }

  private static let visit: MHD_KeyValueIteratorN = { context, _, name, nameSize, value, valueSize in
    guard let reader = context?.assumingMemoryBound(to: HeadReader.self), let name, let value else {
      return .NO
    }
    reader.pointee.add(
      UnsafeBufferPointer(start: name, count: nameSize), UnsafeBufferPointer(start: value, count: valueSize))
    return reader.pointee.isUnbroken ? .YES : .NO
  }

  private mutating func add(_ name: UnsafeBufferPointer<CChar>, _ value: UnsafeBufferPointer<CChar>) {
    guard let nameStart = name.baseAddress, let valueStart = value.baseAddress,
      nameStart == next, valueStart > nameStart + name.count
    else { return isUnbroken = false }
    fields.append((Self.text(name), Self.text(value[...])))
    next = valueStart + value.count + 2
  }

  private static func text(_ bytes: UnsafeBufferPointer<CChar>) -> String {
    String(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self)
  }

  private static func text(_ bytes: Slice<UnsafeBufferPointer<CChar>>) -> String {
    text(UnsafeBufferPointer(rebasing: bytes))
  }
}
