/**
 * Words that the operator types: one small command per verb. Signatures name no Spark type, so that
 * help and version need nothing but this jar.
 */
package io.warmlead.cli;
