import Audit
import Diagnostics
import Foundation
import Formats
import Store

/// The running gateway: takes messages over HTTP, keeps them, translates them and shows what became of them.
public final class Gateway: Sendable {
  private let entrance: Entrance
  private let store: any WholeStore
  private let worker: TranslationWorker
  private let outbox: Outbox
  private let bookings: Bookings?
  private let audit: AuditKeeping
  private let watch: FolderWatch
  private let retention: RetentionWorker
  private let forwarder: AccessForwarder?
  private let alerts: AlertWatch
  private let billing: BatchSender
  private let engagement: EngagementWorker?
  private let index: HubReindexWorker
  private let neighbours: NeighbourWatch?

  /// The TCP port that it listens on.
  public var port: UInt16 { entrance.port }

  /// The TCP ports of the MLLP entrances, by name.
  public var mllpPorts: [String: UInt16] { entrance.mllpPorts }

  /// Loads the mappings, opens the store, translates what an earlier run left, and listens. Changed mappings
  /// are loaded while it runs.
  /// - Parameters:
  ///   - folder: the mappings' folder.
  ///   - now: the clock, in milliseconds since 1970, UTC; `nil` for the machine's.
  ///   - tell: told of what somebody should know, on a thread of the gateway; must be short.
  /// - Throws: `DiagnosticError` with all that is wrong with the mappings; ``HTTPServerError`` or
  ///   ``StoreError``, both fit to be shown.
  public init(
    mappings folder: String, _ configuration: GatewayConfiguration,
    now: (@Sendable () -> Int64)? = nil,
    tell: @escaping @Sendable (GatewayEvent) -> Void = { _ in }
  ) throws {
    let limits = ReadingLimits(bytes: configuration.maximumBodyBytes)
    let now = now ?? Timestamp.now
    let observation = Observation(tell)
    // Opening a store waits for the disk; mappings are read and checked meanwhile.
    let loading = Ahead { () throws(DiagnosticError) in
      try MappingReload(folder, limits: limits, tell: observation.note)
    }
    try FileManager.default.createDirectory(
      atPath: configuration.dataFolder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let pseudonyms = try Pseudonyms(file: configuration.dataFolder + "/pseudonym.key")
    let signals = StoreSignals()
    let store = try configuration.openStore(signals, pseudonyms)
    let reload = try loading.result()
    let current = reload.current
    let audit = try AuditKeeping(
      configuration.audit, dataFolder: configuration.dataFolder, store,
      settings: { ["sluss.yaml": configuration.fingerprint, "mappings": current.served.versions.all] },
      tell: tell)
    let bookings = try Bookings(
      configuration, current, store, log: audit.auditing.log, observation: observation)
    let outbox = try Outbox(
      configuration.targets, store, current, audit.auditing, own: bookings?.sinks ?? [:],
      comments: ClaimComments(current: current, store: store), now: now, tell: observation.note)
    let translation = MessageTranslation(
      current, store, pseudonyms, audit.auditing,
      marking: configuration.engagement.map { _ in EngagementMarking() }, now: now)
    let bell = EngagementBell()
    let worker = TranslationWorker(translation, store, outbox) { event in
      observation.note(event)
      bell.note(event)
    }
    store.follow(worker)
    engagement = try configuration.engagement.map { engagement in
      try EngagementWorker(engagement, current, store, bell, observation.figures, tell: tell)
    }
    let intake = Intake(current: current, store: store, figures: observation.figures, now: now)
    let doorkeeper = Doorkeeper(configuration.access, tell: { tell(.entrance(.refused($0))) })
    var router = Router(
      intake, translation, store, outbox, doorkeeper, audit.auditing,
      backups: configuration.dataFolder + "/backups")
    let log = audit.auditing.log
    router.rivta = try configuration.rivta.map {
      try RIVTAEndpoint(
        $0, current, store, pseudonyms.ofHub, doorkeeper, limits,
        services: (bookings?.services(PatientRecords(store: store, names: pseudonyms.ofHub)) ?? [:])
          .merging([
            AccessLogAnswering.name: AccessLogAnswering(log: log),
            EngagementNotifications.name: EngagementNotifications(intake: intake),
          ]) { $1 },
        record: { try await log.append($0) }, tell: { tell(.rivta($0)) })
    }
    if let bookings {
      router.bookings = bookings.endpoint
      router.rivta?.isTaken = bookings.isTaken
    }
    router.fhir = try FHIREndpoint(configuration, current, store, pseudonyms.ofHub, log)
    let billing = BatchSender(
      current, store, outbox, configuration.targets, system: configuration.audit.system,
      record: { try await log.append($0) })
    router.billing = BillingEndpoint(
      current: current, store: store, system: configuration.audit.system,
      record: { try await log.append($0) }, wake: billing.wake)
    self.billing = billing
    self.store = store
    self.worker = worker
    self.outbox = outbox
    self.bookings = bookings
    self.audit = audit
    retention = RetentionWorker(
      configuration.retention, current, store, observation.figures, audit.auditing, tell: tell)
    let forwarding = AccessForwarding(current: current, log: log, store: store, pseudonyms: pseudonyms)
    forwarder = configuration.audit.forwardEvery.map { AccessForwarder(forwarding, every: $0, tell: tell) }
    index = HubReindexWorker(current, store, pseudonyms.ofHub)
    neighbours = NeighbourWatch(store, current, tell: tell)
    watch = FolderWatch(reload, every: configuration.lookEvery, quiet: configuration.stillFor)
    outbox.start()
    worker.start()
    signals.listen(for: worker, outbox)
    try bookings?.start()
    entrance = try Entrance(configuration, doorkeeper, intake, tell: { tell(.entrance($0)) }) {
      [router] in router.handle($0, $1)
    }
    alerts = try AlertWatch(
      configuration.alerts,
      AlertSources(
        figures: observation.figures, store: store, mappings: current, targets: configuration.targets,
        certificatesExpire: { [entrance] in entrance.certificatesExpire }),
      folder: configuration.dataFolder, tell: tell)
    watch.start()
    retention.start()
    forwarder?.start()
    alerts.start()
    billing.start()
    engagement?.start()
    index.start()
    neighbours?.start()
  }

  /// Calls back once the store has written and the gateway is alive that far; with false when it refuses work.
  public func pulse(_ completion: @escaping @Sendable (Bool) -> Void) {
    store.record([]) { result in
      switch result {
      case .success: completion(true)
      case .failure(let error): completion(error.isPassing && error != .overloaded)
      }
    }
  }

  /// Loads the mappings and the certificates at once; returns before that is done.
  public func reload() {
    watch.ask()
    entrance.renewCertificates()
  }

  /// Answers what is under way, stops listening, writes what waits.
  public func stop() {
    alerts.stop()
    engagement?.stop()
    index.stop()
    neighbours?.stop()
    retention.stop()
    forwarder?.stop()
    entrance.stop()
    bookings?.stop()
    worker.stop()
    billing.stop()
    outbox.stop()
    audit.stop()
    store.close()
    watch.stop()
  }
}
