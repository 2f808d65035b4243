package org.equipoise.wrong.statistics;

import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An estimator must take arrays; this one asks the database. */
record KnowsTheStore(JdbcClient client, Connection connection) {}
