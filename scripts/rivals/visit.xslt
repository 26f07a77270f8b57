<?xml version="1.0" encoding="UTF-8"?>
<!-- The same mapping as bench/visit and bench/contact: one contact for each visit. The times lose their separators only. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:c="urn:c" xmlns:t="urn:t" exclude-result-prefixes="t">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:template match="/visits"><c:contacts><xsl:apply-templates select="visit"/></c:contacts></xsl:template>
  <xsl:template match="visit">
    <c:contact>
      <c:id><xsl:value-of select="id"/></c:id>
      <c:status>
        <xsl:choose>
          <xsl:when test="status = 'booked'">1</xsl:when>
          <xsl:when test="status = 'started'">4</xsl:when>
          <xsl:when test="status = 'completed'">6</xsl:when>
          <xsl:when test="status = 'cancelled'">7</xsl:when>
          <xsl:when test="status = 'no-show'">7</xsl:when>
        </xsl:choose>
      </c:status>
      <c:kind><xsl:value-of select="kind"/></c:kind>
      <c:start><xsl:value-of select="translate(substring(startedAt, 1, 19), '-T:', '')"/></c:start>
      <xsl:if test="endedAt"><c:end><xsl:value-of select="translate(substring(endedAt, 1, 19), '-T:', '')"/></c:end></xsl:if>
      <c:unit><c:hsaId><xsl:value-of select="unit/hsaId"/></c:hsaId><c:name><xsl:value-of select="unit/name"/></c:name></c:unit>
      <c:careGiver><xsl:value-of select="unit/careGiver"/></c:careGiver>
      <c:patient><c:id><xsl:value-of select="patient/personalNumber"/></c:id><c:given><xsl:value-of select="patient/givenName"/></c:given><c:family><xsl:value-of select="patient/familyName"/></c:family></c:patient>
      <c:doctor><c:hsaId><xsl:value-of select="clinician/hsaId"/></c:hsaId><c:name><xsl:value-of select="clinician/name"/></c:name><c:role><xsl:value-of select="clinician/role"/></c:role></c:doctor>
      <xsl:if test="reason"><c:reason><xsl:value-of select="reason"/></c:reason></xsl:if>
      <xsl:for-each select="diagnoses"><c:diagnosis><c:code><xsl:value-of select="code"/></c:code><xsl:if test="text"><c:text><xsl:value-of select="text"/></c:text></xsl:if></c:diagnosis></xsl:for-each>
    </c:contact>
  </xsl:template>
</xsl:stylesheet>
