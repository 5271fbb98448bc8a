"""What whoever keeps an installation running needs: set-up, translations, doctor, logs."""
