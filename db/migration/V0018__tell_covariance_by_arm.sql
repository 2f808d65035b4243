-- A model may have a covariance for each arm.
comment on column comparison.model.covariance is 'Fitted covariance: intervals and matrix, or intervals and the matrices treatment and control where each arm has its own, or the variances between and within people';
