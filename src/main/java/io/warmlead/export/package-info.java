/**
 * What leaves for people and their tools: rows as text, the columns of the lists that CRM and
 * marketing tools read, and what has changed on a list since a date.
 */
package io.warmlead.export;
