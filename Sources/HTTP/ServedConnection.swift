import CMicroHTTPD

/// The library's connection while a request is under way on it.
///
/// It may cross threads: the library allows ``resume()`` from any of them, and all else is called on the
/// connection's own thread.
struct ServedConnection: @unchecked Sendable {
  let pointer: OpaquePointer

  func suspend() {
    MHD_suspend_connection(pointer)
  }

  func resume() {
    MHD_resume_connection(pointer)
  }
}
