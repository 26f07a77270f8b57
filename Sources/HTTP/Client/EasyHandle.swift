import CCurl

/// The Swift face of one libcurl easy handle, which carries one transfer after another.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var headers: UnsafeMutablePointer<curl_slist>?

  /// Throws ``HTTPClientError/Unsent/engine`` when memory is out.
  init() throws(HTTPClientError) {
    guard let pointer = curl_easy_init() else { throw .unsent(.engine, reason: "libcurl has no memory") }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headers)
    errorText.deallocate()
  }

  /// Forgets the last transfer's options.
  func reset() {
    curl_easy_reset(pointer)
    curl_slist_free_all(headers)
    headers = nil
    errorText.pointee = 0
  }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try check(sluss_curl_set_long(pointer, option, value))
  }

  func setSize(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try check(sluss_curl_set_offset(pointer, option, curl_off_t(value)))
  }

  /// libcurl copies the text; nil takes the option back, also one that is compiled in.
  func set(_ option: CURLoption, _ value: String?) throws(HTTPClientError) {
    try check(sluss_curl_set_text(pointer, option, value))
  }

  func setHeaders(_ lines: [String]) throws(HTTPClientError) {
    for line in lines {
      guard let longer = curl_slist_append(headers, line) else {
        throw .unsent(.engine, reason: "libcurl has no memory")
      }
      headers = longer
    }
    try check(sluss_curl_set_list(pointer, CURLOPT_HTTPHEADER, headers))
  }

  /// The request's body, which libcurl copies; its size is to be set before.
  func setBody(_ bytes: [UInt8]) throws(HTTPClientError) {
    try check(
      bytes.withUnsafeBytes {
        sluss_curl_set_pointer(
          pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
      })
  }

  func set(_ option: CURLoption, _ list: TextList) throws(HTTPClientError) {
    try check(sluss_curl_set_list(pointer, option, list.pointer))
  }

  func set(_ callbacks: sluss_curl_callbacks) throws(HTTPClientError) {
    try check(withUnsafePointer(to: callbacks) { sluss_curl_set_callbacks(pointer, $0) })
  }

  /// Lets ``errorMessage`` hold what libcurl has to say.
  func keepErrors() throws(HTTPClientError) {
    errorText.pointee = 0
    try check(sluss_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
  }

  private func check(_ code: CURLcode) throws(HTTPClientError) {
    guard code != CURLE_OK else { return }
    let reason = String(cString: curl_easy_strerror(code))
    throw .unsent(.engine, reason: "libcurl refuses an option: \(reason)")
  }

  // MARK: after the transfer

  /// libcurl's own words; they may hold what the peer says of itself.
  var errorMessage: String { String(cString: errorText) }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return sluss_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  /// The header fields of the final answer.
  var answerHeaders: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    var last: UnsafeMutablePointer<curl_header>?
    while let field = curl_easy_nextheader(pointer, UInt32(CURLH_HEADER), -1, last) {
      fields.append((String(cString: field.pointee.name), String(cString: field.pointee.value)))
      last = field
    }
    return fields
  }
}
