"""The river: what followed a visit, from the practices seen to the services that go on."""
