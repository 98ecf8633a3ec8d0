/** What the feature pass costs beside DuckDB, and whether both find the same numbers. */
package io.warmlead.bench;
