/// Which mappings speak of the engagement index. What engagements hub resources make, they say.
struct EngagementRules: Sendable {
  /// Each writes the posts that a visit implies, as an Update: domain, category, unit, source and time. A
  /// deletion among them is a post that is not implied.
  var implyingVisits = [
    "engagement-index/care-contact-update", "engagement-index/booking-update",
    "engagement-index/care-documentation-update", "engagement-index/diagnosis-update",
  ]
  /// Likewise of what was told outside visits, such as by another journal's NPÖ contracts.
  var implyingAlone = [
    (type: "DocumentReference", mapping: "engagement-index/note-alone-update"),
    (type: "Condition", mapping: "engagement-index/diagnosis-alone-update"),
  ]
  /// All that imply.
  var implying: [String] { implyingVisits + implyingAlone.map(\.mapping) }
  var update = "engagement-index/update"
  var question = "engagement-index/find-content"
  var answer = "engagement-index/find-content-response"
  var notification = "engagement-index/process-notification"
  var notificationAnswer = "engagement-index/process-notification-response"
  /// The type of visits.
  var type = "Encounter"
  /// The types of what engagements are implied by.
  var types: Set<String> { Set([type] + implyingAlone.map(\.type)) }
  /// The most posts in one Update (EI's own limit).
  var most = 1000
}
