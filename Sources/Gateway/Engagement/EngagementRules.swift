/// Which mappings speak of the engagement index. What engagements hub resources make, they say.
struct EngagementRules: Sendable {
  /// Each writes the posts that a visit implies, as an Update: domain, category, unit, source and time. A
  /// deletion among them is a post that is not implied.
  var implying = [
    "engagement-index/care-contact-update", "engagement-index/booking-update",
    "engagement-index/care-documentation-update", "engagement-index/diagnosis-update",
  ]
  var update = "engagement-index/update"
  var question = "engagement-index/find-content"
  var answer = "engagement-index/find-content-response"
  var notification = "engagement-index/process-notification"
  var notificationAnswer = "engagement-index/process-notification-response"
  /// The type of what engagements are implied by.
  var type = "Encounter"
  /// The most posts in one Update (EI's own limit).
  var most = 1000
}
