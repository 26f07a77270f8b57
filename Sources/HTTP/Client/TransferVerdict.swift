import CCurl
import Foundation

/// What libcurl's result means for the sender.
struct TransferVerdict {
  let transfer: Transfer
  let easy: EasyHandle
  let code: CURLcode

  var result: Result<HTTPClientAnswer, HTTPClientError> {
    if transfer.isTooLarge || code == CURLE_FILESIZE_EXCEEDED { return .failure(tooLarge) }
    guard code == CURLE_OK else { return .failure(transfer.isSent ? uncertain : unsent) }
    guard transfer.isHeaderWhole else { return .failure(halfHeader) }
    return .success(
      HTTPClientAnswer(
        status: easy.number(CURLINFO_RESPONSE_CODE), headers: easy.answerHeaders, body: transfer.answerBody))
  }

  private var tooLarge: HTTPClientError {
    let status = easy.number(CURLINFO_RESPONSE_CODE)
    return .uncertain(.answerTooLarge, reason: "an answer with status \(status) is longer than allowed")
  }

  private var halfHeader: HTTPClientError {
    .uncertain(.connectionLost, reason: "the connection closed within the header of an answer")
  }

  // MARK: before anything left

  private var unsent: HTTPClientError {
    if transfer.wasAddressForbidden {
      return .unsent(.forbiddenAddress, reason: "the policy does not allow the network of the host's address")
    }
    return .unsent(unsentKind, reason: unsentReason)
  }

  private var unsentKind: HTTPClientError.Unsent {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .unknownName
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .unreachable
    case CURLE_OPERATION_TIMEDOUT: .connectTimedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .handshakeFailed
    case CURLE_PEER_FAILED_VERIFICATION: .untrustedServer
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE: .unreadableCertificate
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .refusedRequest
    default: .engine
    }
  }

  private var unsentReason: String {
    switch unsentKind {
    case .unreachable: systemReason ?? generalReason
    case .handshakeFailed, .untrustedServer, .unreadableCertificate: tlsReason ?? generalReason
    default: generalReason
    }
  }

  // MARK: after something left

  private var uncertain: HTTPClientError {
    if transfer.wasResendRefused {
      let reason = "the server closed the kept connection while the request was on its way"
      return .uncertain(.connectionLost, reason: reason)
    }
    return .uncertain(uncertainKind, reason: uncertainReason)
  }

  private var uncertainKind: HTTPClientError.Uncertain {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND:
      .connectionLost
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
      .malformedAnswer
    default: .engine
    }
  }

  private var uncertainReason: String {
    switch uncertainKind {
    case .malformedAnswer: "what came is not an HTTP/1.1 answer"
    // What the TLS library says has no part of a message in it; a certificate refused late shows up here.
    case .connectionLost where easy.errorMessage.hasPrefix("GnuTLS "): tlsReason ?? generalReason
    case .connectionLost: systemReason ?? generalReason
    default: generalReason
    }
  }

  // MARK: words

  private var generalReason: String { String(cString: curl_easy_strerror(code)) }

  private var systemReason: String? {
    let number = easy.number(CURLINFO_OS_ERRNO)
    return number == 0 ? nil : String(cString: strerror(Int32(truncatingIfNeeded: number)))
  }

  /// One short printable line: names in it come from the server's certificate.
  private var tlsReason: String? {
    let text = easy.errorMessage.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return text.isEmpty ? nil : String(String(String.UnicodeScalarView(text)).prefix(200))
  }
}
