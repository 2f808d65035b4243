package org.equipoise.wrong.staging;

import org.equipoise.wrong.pipeline.Order;

/** A feature must not know what order it runs in. */
record KnowsTheDoors(Order order) {}
