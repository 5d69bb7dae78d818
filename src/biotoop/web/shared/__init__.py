"""What every app stands on: jobs, audit trail, copies for safety, base pages."""
