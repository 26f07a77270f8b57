import CCurl

/// The Swift face of a libcurl multi handle: many transfers and the connections that they share.
///
/// ``wake()`` may be called from any thread, all else from one.
final class MultiHandle: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer
  private var hasEnded = false
  private static let started = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
  /// Whether libcurl is there at all.
  static var isStarted: Bool { started == CURLE_OK }

  /// Throws ``HTTPClientError/Unsent/engine`` when libcurl does not start.
  init(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
    guard Self.started == CURLE_OK, let pointer = curl_multi_init() else {
      throw .unsent(.engine, reason: "libcurl does not start")
    }
    self.pointer = pointer
    try set(CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
    try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
    try set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
  }

  deinit {
    end()
  }

  /// Closes all connections; nothing may be called afterwards.
  func end() {
    if !hasEnded { curl_multi_cleanup(pointer) }
    hasEnded = true
  }

  func add(_ easy: EasyHandle) throws(HTTPClientError) {
    try check(curl_multi_add_handle(pointer, easy.pointer))
  }

  /// Takes the transfer out, wherever it is.
  func remove(_ easy: EasyHandle) {
    curl_multi_remove_handle(pointer, easy.pointer)
  }

  /// Does what can be done without waiting.
  func perform() throws(HTTPClientError) {
    var running: Int32 = 0
    try check(curl_multi_perform(pointer, &running))
  }

  /// The next transfer that is over, and how it ended.
  func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
    var rest: Int32 = 0
    while let message = curl_multi_info_read(pointer, &rest) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      return (easy, sluss_curl_result(message))
    }
    return nil
  }

  /// Waits until something moves, somebody calls ``wake()``, or the time is over.
  func wait(milliseconds: Int32) throws(HTTPClientError) {
    try check(curl_multi_poll(pointer, nil, 0, milliseconds, nil))
  }

  func wake() {
    curl_multi_wakeup(pointer)
  }

  private func set(_ option: CURLMoption, _ value: Int) throws(HTTPClientError) {
    try check(sluss_curl_multi_set_long(pointer, option, max(1, value)))
  }

  private func check(_ code: CURLMcode) throws(HTTPClientError) {
    guard code != CURLM_OK else { return }
    throw .unsent(.engine, reason: String(cString: curl_multi_strerror(code)))
  }
}
