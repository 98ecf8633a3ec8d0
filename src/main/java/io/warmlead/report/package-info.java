/** What a person reads about a night: the summary on the terminal and the report. */
package io.warmlead.report;
