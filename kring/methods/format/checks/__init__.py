"""What must hold in a protocol and in a package beyond their shapes."""

from kring.methods.format.checks.bank import check_bank
from kring.methods.format.checks.package import check_package
from kring.methods.format.checks.protocol import check_protocol

__all__ = ["check_bank", "check_package", "check_protocol"]
