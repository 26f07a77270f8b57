public import Cryptography

/// How a gateway runs.
public struct GatewayConfiguration: Sendable {
  /// The address to listen on; loopback unless said otherwise.
  public var address = "127.0.0.1"
  /// The TCP port; 0 takes a free one.
  public var port: UInt16 = 8080
  /// The folder of the database; made when missing.
  public var dataFolder = "data"
  /// Where messages and all that comes of them are kept.
  public var store = StoreChoice.sqlite
  /// The folder of mappings and routes.
  public var mappingsFolder = "Mappings"
  /// Where routes deliver to, by the names that routes use.
  public var targets: [String: TargetConfiguration] = [:]
  /// Who may do what; anybody unless said otherwise, and then it listens on loopback only. A `sluss.yaml`
  /// says it always.
  public var access = Access.open
  /// The gateway's certificates, for HTTP and MLLP; nil for neither.
  public var tls: TLSFiles?
  /// Where HL7 is taken over MLLP.
  public var mllp: [MLLPEntrance] = []
  /// Who is told when something is wrong.
  public var alerts = AlertConfiguration()
  /// How long what is kept.
  public var retention = RetentionConfiguration()
  /// Who may ask what over RIV-TA; nil when nobody may.
  public var rivta: RIVTARules?
  /// Who may read the hub as FHIR; nil when nobody may, unless anybody may come.
  public var fhir: FHIRRules?
  /// How the engagement index is told of what the hub implies; nil when it is not.
  public var engagement: EngagementConfiguration?
  /// The largest message in bytes.
  public var maximumBodyBytes = 10 << 20
  /// The audit log.
  public var audit = AuditConfiguration()
  /// Whether it tells what happens as lines of JSON instead of text.
  public var logsJSON = false
  /// How long a stop may take; then the process ends as it is.
  public var stopWithin = Duration.seconds(60)
  /// How often it looks whether the mappings' files have changed.
  public var lookEvery = Duration.seconds(1)
  /// How long changed files must stay as they are before they are loaded; longer than the steps in which the
  /// file system keeps times.
  public var stillFor = Duration.seconds(2)
  /// The beginning of the hash of the file that it was read from; empty without one.
  public var fingerprint = ""

  /// The standard configuration.
  public init() {}
}
