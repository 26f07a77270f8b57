import CMicroHTTPD
import Foundation

/// The library's view of the server: C functions that find their Swift object and hand over.
///
/// A connection keeps its ``ConnectionWatch``, a request keeps its ``Exchange``; each is retained once
/// when it begins and released once when it ends.
enum Callbacks {
  static let connection: MHD_NotifyConnectionCallback = { context, connection, slot, code in
    guard let core = object(context, ServerCore.self), let connection, let slot else { return }
    if code == .CONNECTION_NOTIFY_STARTED {
      let watch = core.watch(connection)
      slot.pointee = Unmanaged.passRetained(watch).toOpaque()
    } else if let opaque = slot.pointee {
      core.watchdog.remove(Unmanaged<ConnectionWatch>.fromOpaque(opaque).takeRetainedValue())
      slot.pointee = nil
    }
  }

  static let requestLine:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
      UnsafeMutableRawPointer? = {
        _, uri, connection in
        guard let connection, let watch = object(sluss_mhd_socket_context(connection), ConnectionWatch.self)
        else {
          return nil
        }
        watch.requestLineArrived()
        let raw = uri.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
        let exchange = Exchange(watch: watch, target: RequestTarget(raw))
        return Unmanaged.passRetained(exchange).toOpaque()
      }

  static let completed: MHD_RequestCompletedCallback = { context, _, slot, _ in
    guard let core = object(context, ServerCore.self), let opaque = slot?.pointee else { return }
    core.close(Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue())
    slot?.pointee = nil
  }

  static let handle: MHD_AccessHandlerCallback = {
    context, connection, url, method, version, data, size, slot in
    guard let core = object(context, ServerCore.self), let exchange = object(slot?.pointee, Exchange.self),
      let connection, let url, let method, let version, let size
    else { return .NO }
    let call = HandlerCall(core: core, exchange: exchange, connection: ServedConnection(pointer: connection))
    guard let head = exchange.head else { return call.begin(method, url, version) }
    guard size.pointee > 0 else { return call.finish(head) }
    defer { size.pointee = 0 }
    return call.append(UnsafeRawBufferPointer(start: data, count: size.pointee))
  }

  private static func object<Kind: AnyObject>(_ opaque: UnsafeMutableRawPointer?, _: Kind.Type) -> Kind? {
    opaque.map { Unmanaged<Kind>.fromOpaque($0).takeUnretainedValue() }
  }
}
