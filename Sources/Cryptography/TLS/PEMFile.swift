import CGnuTLS

/// The bytes of a file, for the library; they go away with this object.
final class PEMFile {
  let path: String
  private(set) var datum = gnutls_datum_t()

  init(_ path: String) throws(TLSFault) {
    self.path = path
    guard gnutls_load_file(path, &datum) == 0 else { throw .unreadable(file: path) }
  }

  deinit {
    sluss_gnutls_free(datum.data)
  }

  /// The faults of a reading that gives the number of things found, or an error.
  func check(_ count: Int32) throws(TLSFault) {
    guard count <= 0 else { return }
    let reason = count == 0 ? "nothing of the kind in it" : String(cString: gnutls_strerror(count))
    throw .notPEM(file: path, reason: reason)
  }
}
