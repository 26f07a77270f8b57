import CCurl

/// A list of texts as libcurl wants it; it has to live for as long as a handle uses it.
final class TextList {
  private(set) var pointer: UnsafeMutablePointer<curl_slist>?

  init(_ texts: [String]) throws(HTTPClientError) {
    for text in texts {
      guard let longer = curl_slist_append(pointer, text) else {
        throw .unsent(.engine, reason: "libcurl has no memory")
      }
      pointer = longer
    }
  }

  deinit {
    curl_slist_free_all(pointer)
  }
}
