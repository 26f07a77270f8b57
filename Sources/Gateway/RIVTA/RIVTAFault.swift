/// What is technically wrong with a request: it becomes a SOAP fault with HTTP 500, in the family of codes of
/// the national platform (skltp/vp, vp-messages). Nothing in it is about a patient.
struct RIVTAFault: Error, Equatable {
  /// The platform's codes, all of them: what the platform alone can find out, such as that its catalogue is
  /// not there, is known here too, so that a fault that is passed on keeps its name.
  enum Code: String, CaseIterable, Sendable {
    /// The profile's version is missing or another one.
    case version = "VP001"
    /// The client's certificate is missing or not believed.
    case certificate = "VP002"
    /// The logical address is missing.
    case addressMissing = "VP003"
    /// Nobody here answers this contract at this logical address.
    case noRoute = "VP004"
    /// Nobody answers in this version of the profile.
    case producerVersion = "VP005"
    /// Several answer this contract at this logical address.
    case severalProducers = "VP006"
    /// The consumer may not ask this contract at this logical address.
    case notAuthorised = "VP007"
    /// The catalogue of services does not answer.
    case noCatalogue = "VP008"
    /// The answer could not be made.
    case producer = "VP009"
    /// The producer has no address.
    case noProducerAddress = "VP010"
    /// The call came without TLS.
    case noTLS = "VP011"
    /// What it takes to answer is not there, such as a mapping or a service that is asked first.
    case resourcesMissing = "VP012"
    /// The consumer may not ask for another one.
    case originalConsumer = "VP013"
    /// The call has been here before.
    case loop = "VP014"
    /// The request can't be read.
    case unreadable = "VP015"
  }

  let code: Code
  /// What exactly, for the people at the other side.
  let detail: String

  init(_ code: Code, _ detail: String) {
    (self.code, self.detail) = (code, detail)
  }
}

extension RIVTAFault {
  /// Whether it is no fault of the consumer's, nor a refusal.
  var isOurs: Bool { code == .producer || code == .resourcesMissing }
}

extension RIVTAFault.Code {
  /// Whose fault it is (SOAP 1.1, section 4.4.1).
  var side: String {
    switch self {
    case .version, .certificate, .addressMissing, .noRoute, .producerVersion, .noTLS, .originalConsumer,
      .unreadable:
      "Client"
    case .severalProducers, .notAuthorised, .noCatalogue, .producer, .noProducerAddress, .resourcesMissing,
      .loop:
      "Server"
    }
  }

  /// The words of the fault, Swedish as all the platform's.
  var words: String {
    switch self {
    case .version: "RIV-TA-version saknas eller stöds inte"
    case .certificate: "Klientcertifikat saknas eller är fel"
    case .addressMissing: "Logisk adress saknas"
    case .noRoute: "Det finns inget vägval för den logiska adressen och tjänstekontraktet"
    case .producerVersion: "Tjänsteproducenten stöder inte RIV-TA-versionen"
    case .severalProducers: "Fler än en tjänsteproducent är konfigurerad"
    case .noCatalogue: "Ingen kontakt med tjänsteadresseringskatalogen"
    case .noProducerAddress: "Tjänsteproducentens adress saknas"
    case .resourcesMissing: "Interna resurser saknas"
    case .notAuthorised: "Tjänstekonsumenten saknar behörighet till tjänstekontraktet på den logiska adressen"
    case .producer: "Tjänsteproducenten kunde inte svara"
    case .noTLS: "Anropet gjordes utan TLS"
    case .originalConsumer: "Tjänstekonsumenten får inte ange ursprunglig tjänstekonsument"
    case .loop: "Anropet går i en slinga"
    case .unreadable: "Anropet kan inte läsas"
    }
  }
}
